#!/usr/bin/env python3
"""Writes case_table.inc, the simple case mappings of Unicode as runs of code points with one distance, and
fold_table.inc, what its full case folding does otherwise than the mapping to small letters.

Run it in this folder to take up a newer Unicode: python3 generate_case_table.py
"""
import sys
import unicodedata


def simple_lower(character):
    # The one character whose full mapping differs from its simple one.
    return "i" if character == "\u0130" else character.lower()


def simple_upper(character):
    # Letters with an iota below have two-letter capitals; their simple ones are the title forms.
    for mapped in (character.upper(), character.title()):
        if len(mapped) == 1:
            return mapped
    return character


def runs(mapping, skipped=0):
    """(first, last, step, distance); the step is 1, or 2 where capitals and small letters alternate. Characters whose
    distance is `skipped` are left out."""
    found = []
    for code in range(sys.maxunicode + 1):
        if 0xD800 <= code <= 0xDFFF:
            continue
        mapped = mapping(chr(code))
        if mapped is None:
            continue
        assert len(mapped) == 1, hex(code)
        distance = ord(mapped) - code
        if distance == skipped:
            continue
        if found:
            first, last, step, known = found[-1]
            gap = code - last
            if known == distance and gap in (1, 2) and (first == last or gap == step):
                found[-1] = (first, code, gap, known)
                continue
        found.append((code, code, 1, distance))
    return found


def other_fold(character):
    """The one character that it folds to, where that is not the small letter."""
    folded = character.casefold()
    return folded if len(folded) == 1 and folded != simple_lower(character) else None


def write_runs(name, found, out):
    print(f"constexpr CaseRun {name}[] = {{", file=out)
    for first, last, step, distance in found:
        print(f"    {{0x{first:04x}, 0x{last:04x}, {step}, {distance}}},", file=out)
    print("};", file=out)


def main():
    head = f"// Written by generate_case_table.py from Unicode {unicodedata.unidata_version}."
    with open("case_table.inc", "w", encoding="utf-8") as out:
        print(head, file=out)
        write_runs("lower_runs", runs(simple_lower), out)
        write_runs("upper_runs", runs(simple_upper), out)
    with open("fold_table.inc", "w", encoding="utf-8") as out:
        print(head, file=out)
        write_runs("fold_runs", runs(other_fold, skipped=None), out)
        print("constexpr LongFold long_folds[] = {", file=out)
        for code in range(sys.maxunicode + 1):
            folded = chr(code).casefold() if not 0xD800 <= code <= 0xDFFF else ""
            if len(folded) > 1:
                print(f'    {{0x{code:04x}, "{folded}"}},', file=out)
        print("};", file=out)


main()
