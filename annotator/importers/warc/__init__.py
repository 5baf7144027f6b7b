"""Web archives: from their bytes to the pages that they hold, past whatever is damaged in them."""
