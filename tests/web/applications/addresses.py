"""Every address that takes something's name, and how it answers those to whom that does not belong.

Written down by hand: another unit, another recommending body, an assessor of another application and a
drafter of the office call it with what is unit1's. An address that stands nowhere here fails the test.
"""

# There is none for them: what a unit hands in, and every document that is not theirs.
HIDDEN = """
GET       /api/v1/documents/<id>
POST      /api/v1/documents/<id>/actions/<name>
GET       /api/v1/documents/<id>/attachments/<n>
GET+POST  /api/v1/documents/<id>/circulations
POST      /api/v1/documents/<id>/circulations/<n>/answer
POST      /api/v1/documents/<id>/circulations/<n>/read
PUT       /api/v1/documents/<id>/content
GET       /api/v1/documents/<id>/files/<format>
GET       /api/v1/documents/<id>/movements
GET       /api/v1/documents/<id>/pictures/<n>
POST      /api/v1/documents/<id>/points/<n>
GET       /api/v1/documents/<id>/references/<n>
GET       /api/v1/documents/<id>/revisions
POST      /api/v1/documents/<id>/undo
POST      /api/v1/documents/<id>/urgings
GET       /applications/<public_id>
GET+POST  /applications/<public_id>/edit
POST      /applications/<public_id>/evidence
GET       /applications/<public_id>/files/<sha256>
GET       /applications/<public_id>/form.docx
POST      /applications/<public_id>/steps/<action>
POST      /applications/<public_id>/typed
POST      /applications/<public_id>/typed/discard
GET+POST  /assessments/<public_id>/<method>
POST      /assessments/<public_id>/<method>/typed
GET       /assessments/<public_id>/evidence/<indicator>/<number>
POST      /assessments/<public_id>/recuse
GET       /delegations/<number>
POST      /delegations/<number>/end
GET       /documents/<public_id>
GET       /documents/<public_id>/<group>/<number>
GET       /documents/<public_id>/<group>/<number>/paper
POST      /documents/<public_id>/again/<what>
GET       /documents/<public_id>/changes
POST      /documents/<public_id>/circulations
POST      /documents/<public_id>/circulations/<number>/answer
POST      /documents/<public_id>/circulations/<number>/read
POST      /documents/<public_id>/circulations/<number>/withdraw
POST      /documents/<public_id>/corrections
POST      /documents/<public_id>/corrections/<seq>/accept
POST      /documents/<public_id>/corrections/<seq>/decline
GET+POST  /documents/<public_id>/edit
GET+POST  /documents/<public_id>/enter
POST      /documents/<public_id>/entered/<seq>/confirm
POST      /documents/<public_id>/entered/<seq>/dispute
GET       /documents/<public_id>/files/<format_>
POST      /documents/<public_id>/layout
POST      /documents/<public_id>/layout/preview
GET       /documents/<public_id>/paper
GET       /documents/<public_id>/paper/<page>.png
POST      /documents/<public_id>/points
POST      /documents/<public_id>/print-copy
GET       /documents/<public_id>/print/<kind>.pdf
GET       /documents/<public_id>/print/<kind>/<first>.pdf
GET       /documents/<public_id>/print/overprint.docx
POST      /documents/<public_id>/proof
GET       /documents/<public_id>/revisions/<n>/paper.docx
GET       /documents/<public_id>/revisions/<n>/redline.docx
GET       /documents/<public_id>/scans/<sha256>
GET+POST  /documents/<public_id>/sending
GET       /documents/<public_id>/sending/list
GET       /documents/<public_id>/sending/list.xlsx
POST      /documents/<public_id>/sending/receipts
GET       /documents/<public_id>/slip
GET       /documents/<public_id>/slip.docx
GET       /documents/<public_id>/slip.pdf
GET       /documents/<public_id>/slip/signatures/<seq>
POST      /documents/<public_id>/steps/<action>
POST      /documents/<public_id>/typed
POST      /documents/<public_id>/undo
POST      /documents/<public_id>/urge
GET+POST  /documents/<public_id>/word
GET       /documents/<public_id>/working.docx
GET       /preview/<token>
GET       /preview/<token>/<page>.png
GET       /titles/<title_id>
GET       /titles/<title_id>/certificate.<format_>
"""

# The page is for others, whatever it is asked for: the office clerk, the administrator, the registrar.
FOR_OTHERS = """
GET       /administration/agencies/<code>
POST      /administration/agencies/<code>/names
POST      /administration/agencies/<code>/names/withdraw
POST      /administration/agencies/<code>/paper
POST      /administration/agencies/<code>/series
POST      /administration/agencies/<code>/series/<series_id>
POST      /administration/agencies/<code>/series/<series_id>/delete
POST      /administration/agencies/<code>/series/<series_id>/retire
POST      /administration/agencies/<code>/series/<series_id>/revive
POST      /administration/agencies/<code>/signing
POST      /administration/correspondents/<correspondent_id>
POST      /administration/correspondents/<correspondent_id>/remove
GET       /administration/people/<username>
POST      /administration/people/<username>/close
GET+POST  /administration/people/<username>/handover
POST      /administration/people/<username>/name
POST      /administration/people/<username>/password
POST      /administration/people/<username>/posts
POST      /administration/people/<username>/reopen
GET+POST  /administration/people/<username>/signature
POST      /administration/people/<username>/signature/remove
POST      /administration/people/<username>/unlock
POST      /administration/posts/<post_id>
POST      /administration/posts/<post_id>/holders
POST      /administration/posts/<post_id>/holders/<username>/dismiss
POST      /administration/posts/<post_id>/remove
GET+POST  /administration/units/<unit_id>
POST      /administration/units/<unit_id>/leaders
POST      /administration/units/<unit_id>/leaders/<username>/relieve
POST      /administration/units/<unit_id>/move
GET+POST  /applicants/<unit_id>
POST      /applicants/<unit_id>/accounts
POST      /applicants/<unit_id>/accounts/<username>/close
POST      /applicants/<unit_id>/accounts/<username>/password
POST      /applicants/<unit_id>/end
POST      /applicants/<unit_id>/end/take-back
POST      /applicants/<unit_id>/name
GET       /campaigns/<campaign_id>/assessors
GET+POST  /campaigns/<campaign_id>/assessors/<public_id>
POST      /campaigns/<campaign_id>/assessors/evenly
POST      /campaigns/<campaign_id>/assessors/recusals
POST      /campaigns/<campaign_id>/freeze
GET       /campaigns/<campaign_id>/results
GET       /campaigns/<campaign_id>/results.xlsx
GET       /campaigns/<campaign_id>/results/<public_id>
POST      /campaigns/<campaign_id>/results/<public_id>/return
GET+POST  /campaigns/<campaign_id>/survey
GET       /campaigns/<campaign_id>/survey.xlsx
POST      /campaigns/<campaign_id>/survey/<public_id>
GET       /campaigns/<public_id>
POST      /campaigns/<public_id>/announce
GET       /campaigns/<public_id>/applications
GET       /campaigns/<public_id>/applications.xlsx
GET       /campaigns/<public_id>/objections.xlsx
GET       /campaigns/<public_id>/replies.xlsx
GET       /campaigns/<public_id>/categories
GET+POST  /campaigns/<public_id>/categories/<category>
POST      /campaigns/<public_id>/categories/<category>/withdraw
POST      /campaigns/<public_id>/conclude
POST      /campaigns/<public_id>/conferral/superior
GET       /campaigns/<public_id>/consultation
POST      /campaigns/<public_id>/consultation/conclude
GET       /campaigns/<public_id>/consultation/file
POST      /campaigns/<public_id>/consultation/give-up
POST      /campaigns/<public_id>/consultation/letters
GET+POST  /campaigns/<public_id>/consultation/reply
POST      /campaigns/<public_id>/copy
GET+POST  /campaigns/<public_id>/deliberation
GET       /campaigns/<public_id>/deliberation.docx
GET       /campaigns/<public_id>/deliberation.xlsx
POST      /campaigns/<public_id>/drop
GET+POST  /campaigns/<public_id>/edit
POST      /campaigns/<public_id>/extend
GET       /campaigns/<public_id>/lists
POST      /campaigns/<public_id>/lists/<list_>/<item_id>
GET+POST  /campaigns/<public_id>/public-notice
GET+POST  /campaigns/<public_id>/public-notice/<application>
POST      /campaigns/<public_id>/public-notice/<application>/verify
POST      /campaigns/<public_id>/public-notice/confirm
POST      /campaigns/<public_id>/public-notice/objections
POST      /campaigns/<public_id>/quotas
POST      /campaigns/<public_id>/recheck
POST      /campaigns/lists/<list_>/<item_id>
POST      /documents/<public_id>/entered/<seq>/sheet
POST      /documents/<public_id>/sealed
GET       /due-lists/<name>
GET       /due-lists/<name>/list.xlsx
GET       /imports/office/<public_id>
POST      /imports/office/<public_id>/confirm
POST      /imports/office/<public_id>/passwords
GET       /imports/past/<public_id>
POST      /imports/past/<public_id>/again
POST      /imports/past/<public_id>/break-off
POST      /imports/past/<public_id>/check
POST      /imports/past/<public_id>/confirm
POST      /imports/past/<public_id>/discard
POST      /imports/past/<public_id>/files
GET       /imports/past/<public_id>/files.json
POST      /imports/past/<public_id>/files/remove
POST      /imports/past/<public_id>/register
GET       /imports/past/<public_id>/report.xlsx
GET       /indicators/<set_id>
POST      /indicators/<set_id>/<indicator_id>
POST      /indicators/<set_id>/<indicator_id>/move
POST      /indicators/<set_id>/copy
POST      /indicators/<set_id>/drop
GET+POST  /indicators/<set_id>/import
POST      /indicators/<set_id>/name
GET       /indicators/<set_id>/workbook.xlsx
POST      /register/numbers/<entry_id>/explain
POST      /register/numbers/<entry_id>/void
POST      /register/start/<series_id>
GET       /titles/<title_id>/acts
POST      /titles/<title_id>/acts/<code>
GET       /titles/<title_id>/events/<event_id>/<which>
POST      /titles/<title_id>/events/<event_id>/put-right
"""

# Answered by who asks: unit2, body2, expert2, drafter. A unit brings in its own applications and begins its
# own; drafters of the office write the documents that confer and that say what a recheck found, and read the
# register of numbers; what is made public, help and procedures are for everybody.
BY_WHOM = """
200 403 403 403 GET  /campaigns/<campaign>/import
422 403 403 403 POST /campaigns/<campaign>/import
200 403 403 403 GET  /campaigns/<campaign>/import/template.xlsx
422 403 403 403 POST /portal/<campaign>/<category>
403 403 403 200 GET  /campaigns/<public_id>/conferral
403 403 403 422 POST /campaigns/<public_id>/conferral
403 403 403 422 POST /campaigns/<public_id>/conferral/renew
403 403 403 200 GET  /campaigns/<public_id>/recheck
403 403 403 422 POST /campaigns/<public_id>/recheck/document
403 403 403 422 POST /campaigns/<public_id>/recheck/document/renew
404 404 404 200 GET  /register/numbers/<entry_id>
404 404 404 403 POST /register/numbers/<entry_id>/outside
200 200 200 200 GET  /help/<role>
200 200 200 200 GET  /procedures/<kind>
200 200 200 200 GET  /public/notices/<public_id>
422 422 422 422 POST /public/notices/<public_id>/objections
200 200 200 200 GET  /public/objections/<receipt>
302 302 302 302 POST /language/<code>
"""

# Nobody's secret is looked up before the form is read, or only one's own is dropped.
BEFORE_LOOKING = """
400 400 400 400 POST /documents/<public_id>/word/keep
302 302 302 302 POST /documents/<public_id>/typed/discard
422 422 422 422 POST /imports/past/<public_id>/file
"""

# Without signing in.
OPEN = {
    ("GET", "/public/notices/<public_id>"): 200,
    ("POST", "/public/notices/<public_id>/objections"): 422,
    ("GET", "/public/objections/<receipt>"): 200,
    ("POST", "/language/<code>"): 302,
}
MADE_PUBLIC = "/public/"  # here a unit may be named to everybody


def table() -> dict[tuple[str, str], tuple[int, ...]]:
    """Return by method and address with which statuses unit2, body2, expert2 and drafter are answered."""
    found: dict[tuple[str, str], tuple[int, ...]] = {}
    for status, lines in ((404, HIDDEN), (403, FOR_OTHERS)):
        for line in lines.strip().splitlines():
            methods, rule = line.split()
            for method in methods.split("+"):
                assert (method, rule) not in found, line
                found[method, rule] = (status,) * 4
    for line in (BY_WHOM + BEFORE_LOOKING).strip().splitlines():
        if line:
            *statuses, method, rule = line.split()
            assert (method, rule) not in found, line
            found[method, rule] = tuple(map(int, statuses))
    return found
