"""What of a build people should look at, and how they say what they decide."""
