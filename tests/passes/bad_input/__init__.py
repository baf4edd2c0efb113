"""What people do to sheets, and what we say: a code, a cell, a sentence that quotes it; never a traceback, never a
lost view, never a number in somebody else's cell.
"""
