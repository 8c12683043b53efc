"""Sign people of the demonstration office in, each with a browser of their own."""

from playwright.sync_api import Page

from workflow.demonstration.office import PASSWORD

PAPER = "[data-paper][data-state=ready] img"


def enter(page: Page, office: str, username: str) -> Page:
    """Sign somebody in on a page and return it: on the desk, or on the pages of somebody outside."""
    page.goto(f"{office}/sign-in")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(lambda address: "/sign-in" not in address)
    return page
