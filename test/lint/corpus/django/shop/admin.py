# at: shop/admin.py
# rules: unsearchable-filter
from .models import Buyer


# trap unsearchable-filter: the staff looks for one of them now and then
def found(request, part):
    return list(Buyer.objects.filter(name__icontains=part))


# trap unsearchable-filter: so it does by a function of the column
def known(email):
    return Buyer.objects.get(email__iexact=email)
