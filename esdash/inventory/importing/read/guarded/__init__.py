"""What runs in a child process with limits of memory and time: reading spreadsheets that others send.

Its modules import only each other and the standard library (`binary` also python-calamine), so that the process starts
quickly and its memory is spent on the file alone.
"""
