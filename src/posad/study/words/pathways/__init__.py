"""Impact pathways and case cards as text: graphs whose arrows name their evidence."""
