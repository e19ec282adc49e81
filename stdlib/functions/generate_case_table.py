#!/usr/bin/env python3
"""Writes case_table.inc: the simple case mappings of Unicode, as runs of code points with one distance.

Run it in this folder to take up a newer Unicode: python3 generate_case_table.py > case_table.inc
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


def runs(mapping):
    """(first, last, step, distance); the step is 1, or 2 where capitals and small letters alternate."""
    found = []
    for code in range(sys.maxunicode + 1):
        if 0xD800 <= code <= 0xDFFF:
            continue
        mapped = mapping(chr(code))
        assert len(mapped) == 1, hex(code)
        distance = ord(mapped) - code
        if distance == 0:
            continue
        if found:
            first, last, step, known = found[-1]
            gap = code - last
            if known == distance and gap in (1, 2) and (first == last or gap == step):
                found[-1] = (first, code, gap, known)
                continue
        found.append((code, code, 1, distance))
    return found


def main():
    print(f"// Written by generate_case_table.py from Unicode {unicodedata.unidata_version}.")
    for name, mapping in (("lower_runs", simple_lower), ("upper_runs", simple_upper)):
        print(f"constexpr CaseRun {name}[] = {{")
        for first, last, step, distance in runs(mapping):
            print(f"    {{0x{first:04x}, 0x{last:04x}, {step}, {distance}}},")
        print("};")


main()
