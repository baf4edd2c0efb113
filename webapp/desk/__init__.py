"""The mapping desk: a workbook mapped by looking at it. An application of its own, for one admin on this machine.

It shows a tab as Sheets does, what each column and row is by the mapping, and what comes of it; every click is a change
of the configuration's text, which stands beside it. It reads through what the command gives it and writes into no
sheet by itself.

    roles          what a column or a cell may be
    document       the configuration as text, changed so that comments and order stay
    edits          what a click does to the document
    alike          rows like a row: conditions that hold for it
    understanding  what a mapping makes of the workbook
    examples       what patterns fit in the sheet, for people to read
    heading        the header that columns are named by, also of a mapping that lacks something
    likely         what a column most likely is
    questions      what inspect asked, as cards with answers
    doubts         rows that are read as objectives and look like totals, as such cards
    marks          what each column, row and cell of a tab is
    shown          numbers as the sheet will show them
    saying         roles and conditions in words
    lacking        what keeps a tab from being read, and what to press for it
    guide          the steps of mapping by hand, and which are done
    changes        what saving changes, in sentences
    rules_view     what a mapping says beside its columns
    tab_view       one tab in a reader's language, and what may be clicked on it
    view           all of it, for the page
    trying         a dry run or a write, for the page
    desk           the one session: document, undo, saving
    guard          one person on this machine
    app            the request side
    page           scripts and style
"""
