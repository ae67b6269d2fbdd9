"""The 54 ethnic groups of Viet Nam by their official codes (Quyết định 121-TCTK/PPCĐ, 2 March 1979; from memory)."""

from __future__ import annotations

_NAMES = (
    "Kinh, Tày, Thái, Hoa, Khmer, Mường, Nùng, Mông, Dao, Gia Rai, Ngái, Ê Đê, Ba Na, Xơ Đăng, Sán Chay, Cơ Ho, "
    "Chăm, Sán Dìu, Hrê, Mnông, Raglay, Xtiêng, Bru - Vân Kiều, Thổ, Giáy, Cơ Tu, Gié Triêng, Mạ, Khơ Mú, Co, "
    "Tà Ôi, Chơ Ro, Kháng, Xinh Mun, Hà Nhì, Chu Ru, Lào, La Chí, La Ha, Phù Lá, La Hủ, Lự, Lô Lô, Chứt, Mảng, "
    "Pà Thẻn, Cơ Lao, Cống, Bố Y, Si La, Pu Péo, Brâu, Ơ Đu, Rơ Măm"
)
ETHNIC_GROUPS = dict(enumerate(_NAMES.split(", "), start=1))
KINH = 1
