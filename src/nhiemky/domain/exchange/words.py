"""Other words by which people write the choices of a field, folded: choice = words, and so on."""

from __future__ import annotations

from collections.abc import Mapping

_WORDS: Mapping[str, str] = {
    "sex": "male = nam, trai, m, ong; female = nu, gai, f, ba",
    "birth_year_only": "1 = co, x, yes, dung, true, 1; = khong, false, no, 0, sai",
    "ethnic_group": """1 = viet, kinh viet; 5 = kho me, khome; 8 = hmong, h mong, meo; 10 = giarai, jrai; 12 = ede;
        13 = bana, bahnar; 14 = cadong, ca dong, xodang, sedang; 15 = san chi, cao lan; 16 = k ho, kho; 19 = h re;
        20 = m nong; 21 = rag lai, ra glai; 22 = stieng; 23 = van kieu; 26 = cotu; 27 = gie trieng; 30 = cor;
        31 = ta oi""",
    "religion": """none = khong, khong co, 0, k, luong; buddhism = phat, dao phat;
        catholicism = thien chua, thien chua giao, cong giao la ma; hoa_hao = hoa hao, phat giao hoa hao""",
    "occupation": """civil_servant = cbcc, can bo, cong chuc; public_employee = giao vien, bac si;
        armed_forces = bo doi, cong an, quan doi, quan nhan; worker = cong nhan; farmer = lam nong, nong, lam ruong;
        student = sinh vien, hoc sinh; retired = huu tri, huu, can bo huu, can bo huu tri;
        business_owner = chu doanh nghiep; other = khac""",
    "general_education": """upper_secondary = thpt, cap 3, cap iii, pho thong trung hoc;
        lower_secondary = thcs, cap 2, cap ii; primary = cap 1, cap i""",
    "qualification": """none = khong, chua qua dao tao, 0; elementary = sc;
        intermediate = tc, trung hoc chuyen nghiep, thcn, tccn; college = cd; university = dh, cu nhan, ky su, bac si;
        master = ths, thac si, cao hoc; doctor = ts""",
    "academic_title": "associate_professor = pgs; professor = gs",
    "political_theory": """none = khong, chua, chua qua, 0; elementary = sc; intermediate = tc; advanced = cc;
        bachelor = cn""",
    "standing": """official = chinh thuc, ct, dvct, dang vien chinh thuc, official;
        probationary = du bi, db, dvdb, dang vien du bi, probationary""",
}


def _table(text: str) -> dict[str, str]:
    table: dict[str, str] = {}
    for part in text.split(";"):
        choice, _equals, words = part.partition("=")
        table |= {" ".join(word.split()): choice.strip() for word in words.split(",")}
    return table


ALIASES: Mapping[str, Mapping[str, str]] = {key: _table(text) for key, text in _WORDS.items()}
