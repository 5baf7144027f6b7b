"""Files of news agencies and the news industry's own formats."""
