"""下发: what goes down to the units below: answers, reminders, the directive; and the keys it all rests on."""
