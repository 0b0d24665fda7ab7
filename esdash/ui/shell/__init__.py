"""What every page stands in: inventory and language, frame, navigation, choices in the URL, messages."""
