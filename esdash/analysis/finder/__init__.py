"""What fits a volunteer?"""
