"""Files for people and programs: a DataFrame goes in, bytes come out."""

from esdash.exports.budget.budget_book import budget_csv, budget_json, budget_workbook
from esdash.exports.budget.receipts import receipts_csv, receipts_workbook
from esdash.exports.budget.year_report import checked_report, year_report_pdf, year_report_text
from esdash.exports.exchange.calendar import calendar_file
from esdash.exports.exchange.hsds import hsds_file
from esdash.exports.exchange.hxl import hxl_file
from esdash.exports.exchange.plain import geojson_file, json_file, marked, plain_csv
from esdash.exports.exchange.trainings import trainings_calendar
from esdash.exports.exchange.vcard import vcard_file
from esdash.exports.reports.call_sheet import call_sheet
from esdash.exports.reports.overlap_cases import overlap_cases
from esdash.exports.reports.overview import overview_paper
from esdash.exports.reports.report import report_file
from esdash.exports.reports.training_plan import training_plan
from esdash.exports.tables.answer_book import FIELDS as ANSWERED
from esdash.exports.tables.answer_book import answer_book
from esdash.exports.tables.by_format import table_file
from esdash.exports.tables.columns import Sheet, columns_of
from esdash.exports.tables.faulty import FaultyRow, faulty_file
from esdash.exports.tables.gap_book import matrix_sheet, matrix_workbook
from esdash.exports.tables.spreadsheet_csv import csv_file
from esdash.exports.tables.template import blanks, template_file
from esdash.exports.tables.workbook import xlsx_file
from esdash.wording.columns import Column
