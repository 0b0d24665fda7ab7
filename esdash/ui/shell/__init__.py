"""What all pages share: inventory and language, frame, navigation, page state, messages."""
