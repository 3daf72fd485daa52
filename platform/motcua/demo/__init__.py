"""The people, accounts and cases that the demo plays: data. Played by casework/play_demo."""
