"""Where are volunteers active, where are they missing, and what do they look for in vain?"""
