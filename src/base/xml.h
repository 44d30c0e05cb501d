/* Text between the tags, or in the attributes, of XML and HTML. */
#ifndef BASE_XML_H
#define BASE_XML_H

#include <stdio.h>

/* Prints text so that it stands for itself wherever it comes from, also between double
 * quotes and in comments. Control characters, which XML does not have, are left out, but for
 * tabs and ends of lines. */
void xml_print(const char *text, FILE *stream);

/* Makes what xml_print has printed the text that it was given, in its place; returns it. */
char *xml_restore(char *text);

#endif
