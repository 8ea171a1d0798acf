"""An answer → what one kind of channel shows: one file a form, none of them adds words to the answer."""
