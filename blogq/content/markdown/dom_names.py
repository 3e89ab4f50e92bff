"""Names that scripts look up on windows, documents, forms and elements.

An element with such an id can stand in for the real property ("DOM clobbering"), so headings don't get such ids.
From the interfaces Window, Document, HTMLFormElement and Element of the WHATWG's standards, and ECMAScript's Object.
"""

from __future__ import annotations

_OBJECT = """
constructor hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString toString valueOf __proto__
__defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__ prototype undefined null NaN Infinity
"""
_WINDOW = """
window self document name location history navigation customElements locationbar menubar personalbar scrollbars
statusbar toolbar status closed frames length top opener parent frameElement navigator clientInformation origin
originAgentCluster external screen visualViewport innerWidth innerHeight scrollX scrollY pageXOffset pageYOffset
screenX screenY screenLeft screenTop outerWidth outerHeight devicePixelRatio event performance crypto caches cookieStore
indexedDB localStorage sessionStorage trustedTypes scheduler speechSynthesis isSecureContext crossOriginIsolated
launchQueue documentPictureInPicture viewport fence close stop focus blur open alert confirm prompt print postMessage
moveTo moveBy resizeTo resizeBy scroll scrollTo scrollBy getSelection getComputedStyle matchMedia find fetch atob btoa
reportError queueMicrotask structuredClone createImageBitmap setTimeout clearTimeout setInterval clearInterval
requestAnimationFrame cancelAnimationFrame requestIdleCallback cancelIdleCallback captureEvents releaseEvents
addEventListener removeEventListener dispatchEvent when globalThis eval escape unescape isNaN isFinite parseInt
parseFloat decodeURI encodeURI decodeURIComponent encodeURIComponent Object Function Array Number String Boolean Symbol
Date Promise RegExp Error Map Set WeakMap WeakSet Math JSON Intl Reflect Proxy Atomics WebAssembly console chrome
Image Option Audio Node Element Document Window Event URL Blob File Request Response Headers Worker Notification
"""
_DOCUMENT = """
implementation URL documentURI compatMode characterSet charset inputEncoding contentType doctype documentElement
domain referrer cookie lastModified readyState title dir body head images embeds plugins links forms scripts
currentScript defaultView designMode hidden visibilityState anchors applets all fgColor linkColor vlinkColor alinkColor
bgColor fullscreen fullscreenEnabled fullscreenElement pictureInPictureElement pointerLockElement activeElement
styleSheets adoptedStyleSheets fonts timeline rootElement scrollingElement featurePolicy fragmentDirective
prerendering wasDiscarded webkitHidden xmlEncoding xmlVersion xmlStandalone children firstElementChild
lastElementChild childElementCount write writeln clear execCommand hasFocus createElement createElementNS
createTextNode createComment createAttribute createRange createEvent createTreeWalker createNodeIterator
createDocumentFragment createExpression evaluate elementFromPoint elementsFromPoint exitFullscreen exitPointerLock
getElementById getElementsByName getElementsByClassName getElementsByTagName importNode adoptNode querySelector
querySelectorAll prepend append replaceChildren startViewTransition requestStorageAccess hasStorageAccess
"""
_FORM = """
acceptCharset action autocomplete enctype encoding method noValidate target rel relList elements submit requestSubmit
reset checkValidity reportValidity form value checked disabled required type files labels validity
"""
_ELEMENT = """
id className classList slot attributes shadowRoot part tagName localName prefix namespaceURI innerHTML outerHTML
innerText outerText textContent nodeName nodeType nodeValue nodeList isConnected baseURI ownerDocument parentNode
parentElement childNodes firstChild lastChild previousSibling nextSibling previousElementSibling nextElementSibling
assignedSlot scrollTop scrollLeft scrollWidth scrollHeight clientTop clientLeft clientWidth clientHeight offsetTop
offsetLeft offsetWidth offsetHeight offsetParent lang translate tabIndex accessKey draggable spellcheck
contentEditable isContentEditable inert popover nonce autofocus dataset style role click remove replaceWith before
after matches closest contains normalize animate attachShadow cloneNode appendChild insertBefore removeChild
replaceChild hasChildNodes getAttribute setAttribute removeAttribute hasAttribute toggleAttribute getRootNode
insertAdjacentElement insertAdjacentHTML insertAdjacentText isEqualNode isSameNode compareDocumentPosition
getBoundingClientRect getClientRects scrollIntoView requestFullscreen requestPointerLock setPointerCapture
showPopover hidePopover togglePopover item namedItem src href alt srcdoc sandbox content data entries keys values
"""
_HANDLERS = """
abort animationend animationstart auxclick beforeprint beforeunload blur cancel canplay change click close contextmenu
copy cut dblclick drag dragend dragenter dragleave dragover dragstart drop ended error focus formdata hashchange input
invalid keydown keypress keyup languagechange load loadeddata loadstart message messageerror mousedown mouseenter
mouseleave mousemove mouseout mouseover mouseup offline online pagehide pageshow paste pause play playing pointerdown
pointerup popstate progress readystatechange rejectionhandled reset resize scroll scrollend search select storage
submit suspend toggle touchend touchmove touchstart transitionend unhandledrejection unload volumechange wheel
"""

DOM_NAMES = frozenset(
    "".join((_OBJECT, _WINDOW, _DOCUMENT, _FORM, _ELEMENT)).split() + [f"on{name}" for name in _HANDLERS.split()]
)
LOWER_DOM_NAMES = frozenset(name.lower() for name in DOM_NAMES)
"""The same in lower case: ids are compared without regard to case, which costs a few prefixes and is never wrong."""
