"""What stands in the way of building and publishing here: each thing with its place, its cause and the next step.

Every module looks at one part of the surroundings and returns findings; `examination.py` asks them all. Nothing is
changed, and nothing is asked of the network.
"""
