"""The year that a report reports on, and the day it was signed."""
