"""Files of newspaper databases: Nexis, Factiva, ProQuest, Europresse."""
