from django.db import connection

from .model.models import Article


# bad: a value of the caller's
def search(title: str):
    return Article.objects.raw(f"SELECT id, title FROM library_article WHERE title = '{title}'")  # expect


# bad: by the percent sign
def rename(title: str):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE library_article SET title = '%s' WHERE published" % title)  # expect


# trap: the driver binds it
def bound(title: str):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE library_article SET title = %s WHERE published", [title])


# trap: marks for the parameters
def several(ids):
    marks = ", ".join(["%s"] * len(ids))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM library_article WHERE id IN ({marks})", ids)


# trap: a number holds no SQL
def first(count: int):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM library_article ORDER BY id LIMIT {count}")


# bad: the text stands in a variable
def renamed(title: str):
    statement = f"""
        UPDATE library_article SET published = true
        WHERE title LIKE '%{title}%'
    """  # expect
    with connection.cursor() as cursor:
        cursor.execute(statement)


# trap: so does this one, and the values are bound
def renamed_bound(title: str):
    statement = "UPDATE library_article SET published = true WHERE title LIKE %s"
    with connection.cursor() as cursor:
        cursor.execute(statement, [f"%{title}%"])


# trap: whatever is chosen is one of the texts that stand here
def ordered(newest: bool):
    statement = "SELECT id FROM library_article ORDER BY id"
    if newest:
        statement += " DESC"
    with connection.cursor() as cursor:
        cursor.execute(statement)


PAGE = 50


class Shelf:
    branch = 7

    # trap: constants of the file and of the class
    def articles(self):
        statement = f"SELECT id FROM library_article WHERE id > {self.branch} ORDER BY id LIMIT {PAGE}"
        with connection.cursor() as cursor:
            cursor.execute(statement)

    # trap: named for the text
    def formatted(self):
        statement = "SELECT id FROM library_article WHERE id = {branch}".format(branch=self.branch)
        with connection.cursor() as cursor:
            cursor.execute(statement)


class Rack:
    # bad: whoever makes the rack says
    def __init__(self, place: str):
        self.place = place

    def articles(self):
        statement = f"SELECT id FROM library_article WHERE title = '{self.place}'"  # expect
        with connection.cursor() as cursor:
            cursor.execute(statement)


# bad: the values are put into the text where it stands already
def found(request):
    term = request.GET.get("term", "")
    if term:
        statement = """
            SELECT id FROM library_article
            WHERE LOWER(title) = '{term}' AND lang = {lang}
        """
        statement = statement.format(term=term.lower(), lang="'en'")  # expect
        cursor = connection.cursor()
        cursor.execute(statement)
        return cursor.fetchall()


# trap: which text it is, a condition tells
def counted(closed, shelf: int):
    statement = "SELECT COUNT(*) FROM library_article WHERE shelf = {shelf}"
    if closed:
        statement = "SELECT COUNT(*) FROM library_article WHERE published AND shelf = {shelf}"
    statement = statement.format(shelf=shelf)
    cursor = connection.cursor()
    cursor.execute(statement)
    return cursor.fetchone()
