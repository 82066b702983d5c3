# rules: query-in-loop, sql-injection
from model.models import Beer, Brewer, db


# bad query-in-loop: the file names the models alone
def brewers_of(beers: list[str]):
    found = []
    for name in beers:
        beer = Beer.get_or_none(Beer.name == name)  # expect query-in-loop
        if beer:
            found.append(beer.brewer_id)
    return found


# trap query-in-loop: one query for all
def beers_of(names: list[str]):
    return [beer.id for beer in Beer.select().where(Beer.name.in_(names))]


class Menu:
    # bad sql-injection: the text stands in a variable
    def matching(self, word: str):
        statement = f"""
            SELECT id FROM beer
            WHERE name LIKE '%{word}%'
        """  # expect sql-injection
        return db.execute_sql(statement).fetchall()

    # trap sql-injection: the driver binds it
    def bound(self, word: str):
        statement = "SELECT id FROM beer WHERE name LIKE ?"
        return db.execute_sql(statement, (f"%{word}%",)).fetchall()


def named(name: str):
    return Brewer.get_or_none(Brewer.name == name)
