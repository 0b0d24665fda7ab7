"""Files around the city's answers: the sheet to fill in, the folder that is handed over, the reminder."""

from esdash.exports.answers.folder import folder as folder
from esdash.exports.answers.of_version import folder_of as folder_of
from esdash.exports.answers.of_version import reminder_of as reminder_of
from esdash.exports.answers.of_version import sheet_of as sheet_of
from esdash.exports.answers.reminder import reminder as reminder
from esdash.exports.answers.sheet import answer_sheet as answer_sheet
