"""Everything that can be done to an inventory: named actions, which roles are granted one by one."""

from enum import StrEnum


class Action(StrEnum):
    """One thing that somebody does to the inventory."""

    ENTER_RECORDS = "enter_records"
    EDIT_RECORDS = "edit_records"
    NOTE_ATTEMPT = "note_attempt"  # to reach a contact or a contact point; also taking a wrong entry back
    CORRECT_RECORDS = "correct_records"  # what was so already and stood there wrongly (METHODS M13)
    CONFIRM = "confirm"
    ARCHIVE = "archive"  # also pause, end, cancel and restore
    RESTORE_VERSION = "restore_version"
    IMPORT_TABLE = "import_table"
    UNDO_IMPORT = "undo_import"
    CHANGE_CITY = "change_city"  # take over a changed folder of the city
    UNDO_CITY = "undo_city"
    LEARN_SENDER = "learn_sender"
    FORGET_SENDER = "forget_sender"
    DECIDE_DUPLICATE = "decide_duplicate"
    MERGE_RECORDS = "merge_records"
    UNDO_MERGE = "undo_merge"
    DECIDE_OVERLAP = "decide_overlap"
    ACCEPT_BUNDLING = "accept_bundling"
    HAND_OVER_LIST = "hand_over_list"  # also receipt and reminder
    RECORD_ANSWERS = "record_answers"
    FREEZE_LIST = "freeze_list"
    PLAN_MEETING = "plan_meeting"  # also change, cancel and begin it
    EDIT_AGENDA = "edit_agenda"
    DECIDE_POINT = "decide_point"
    TAKE_ITEM = "take_item"  # a finding onto the priority list
    WRITE_ITEM = "write_item"
    EDIT_ITEM = "edit_item"
    JUDGE_ITEM = "judge_item"  # PEARL
    TAKE_BACK_ITEM = "take_back_item"
    END_ITEM = "end_item"
    CLOSE_MEETING = "close_meeting"  # also dated corrections afterwards
    WRITE_MINUTES = "write_minutes"
    IMPORT_ANSWERS = "import_answers"  # from an answer sheet
    RECORD_SURVEY = "record_survey"
    ENTER_BODY = "enter_body"  # a group that meets, with its seats
    OPEN_VOICES = "open_voices"
    HAND_IN_VOICES = "hand_in_voices"  # also taking them back
    CLOSE_VOICES = "close_voices"  # also calling the round off
    AGREE_RANGES = "agree_ranges"
    SAVE_SCENARIO = "save_scenario"
    DELETE_SCENARIO = "delete_scenario"
    START_MEASURE = "start_measure"
    KEEP_MEASURE = "keep_measure"  # note progress, change, finish, drop, record that a meeting took note
    RECORD_WORKSHOP = "record_workshop"  # also change it, and take it back
    KEEP_IDEAS = "keep_ideas"  # add, change, put together, park
    KEEP_PROMISES = "keep_promises"  # add, change, and say what became of them
    PLAN_BUDGET = "plan_budget"  # lines of the approved plan
    BOOK_MONEY = "book_money"
    EDIT_LEAFLET = "edit_leaflet"  # the texts of the flyer, also back to the standard text
    REVIEW_LEAFLET = "review_leaflet"  # read and right
    RECORD_PRINT = "record_print"  # enter a print, where it lies, that it was collected; take it back
    COUNT_WISH = "count_wish"  # a search in the finder
    BACK_UP = "back_up"
    RESTORE_BACKUP = "restore_backup"
    ERASE_PERSON = "erase_person"
    SET_UP = "set_up"  # make a new inventory of a city

    @property
    def text_key(self) -> str:
        """The key of the text that names this action."""
        return f"may.{self}"

    @property
    def means(self) -> str:
        """The word for this action in the column `means` of the change log."""
        return _MEANS.get(self, "form")


_MEANS = {
    Action.CORRECT_RECORDS: "correction",
    Action.RESTORE_VERSION: "restore",
    Action.IMPORT_TABLE: "import",
    Action.LEARN_SENDER: "import",
    Action.IMPORT_ANSWERS: "import",
    Action.UNDO_IMPORT: "undo",
    Action.CHANGE_CITY: "city",
    Action.UNDO_CITY: "undo",
    Action.MERGE_RECORDS: "merge",
    Action.UNDO_MERGE: "merge",
    Action.SET_UP: "init",
}
