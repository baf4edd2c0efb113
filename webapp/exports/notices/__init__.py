"""What is said to rooms and people: texts for a chat room on a phone, made from the company as the page shows it.

    scene     what the messages are made from: the company now, and a reader of the room's language
    words     sentences and lines; what people wrote in cells is plain text in every channel
    slots     when a message is due, and whether it still is
    digest, check_in, problems, trouble, review    one kind of message each
    composer  all that there is to say in a room

Nobody is scolded or ranked: a unit's room hears of its own key results, a person of theirs, and the company of counts.
Knows nothing of addresses and of sending (`sync.notices`).
"""
