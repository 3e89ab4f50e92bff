"""The rule on the words of the house."""
