"""What the pages in the footer say until somebody writes them: only what is true of every installation."""

from django.utils.translation import gettext_lazy as _

PRIVACY = _("""This page describes what this software does with data about people. Who runs this site has not yet added who is responsible for it, on which legal ground, and whom to ask; until then, ask whoever gave you the account.

## What is kept
- Your name, e-mail address and what you write in your profile; a picture, if you choose one, without what the camera noted in it.
- What you write and upload here, with the time, and the roles and seats you hold.
- A record of what happened: who did what and when, as numbers of accounts. It cannot be changed afterwards.
- When you were last seen and on which page, one entry that is overwritten.
- Failed sign-ins with the address they came from, for one day. Passwords only as a hash that cannot be turned back.

## Who sees it
Only people with a seat in the same thesis or project see what is written in it, and administrators. An administrator's visit to a workspace is recorded for its members. Thesis topics that are offered are public. Your picture is seen by signed-in people who are shown your name, and not by visitors.

## Cookies
One for being signed in, one against forged forms, one for the light or dark theme, one for the language chosen before signing in. There are no others, and nothing is loaded from other sites.

## Your rights
On your profile you can read and correct what is kept and take all of it along as a file. Ask an administrator to make your account anonymous: name, address, profile and picture are then removed for good; what you wrote stays without your name.
""")

IMPRINT = _("""Who runs this site has not yet written this page. An administrator can do so under Administration, Settings, Pages.

This site runs SuperviseMe, free software for the supervision of theses and research projects.
""")

ACCESSIBILITY = _("""This site is meant to be used by everybody, with a keyboard, a screen reader, large text or a small screen, and without JavaScript.

## State
The pages are checked by a program (axe, rules of WCAG 2.1 A and AA) and by tests with the keyboard as part of every change. Nobody has certified them. What people upload (PDF, pictures) is as accessible as they made it.

## When something does not work
Tell the administrators of this site which page it is and what you use; who runs this site has not yet added an address for it here.
""")
