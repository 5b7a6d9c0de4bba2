// A button beside each permanent link and each citation that copies it, and says so.
const told = document.querySelector('.copied');
const base = document.querySelector('link[rel=canonical]').href;

const copy = async (text) => {
  told.textContent = '';
  let said = told.dataset.done;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    said = told.dataset.failed;
  }
  told.textContent = said;
  setTimeout(() => { told.textContent = ''; }, 6000);
};

const button = (what, text, ...more) => {
  const made = document.createElement('button');
  const heading = what.closest('article, section').querySelector('h2, h3').textContent;
  made.type = 'button';
  made.dataset.added = ''; // so that a preview tells it from what was written
  made.className = 'copy';
  made.textContent = told.dataset.copy;
  made.setAttribute('aria-label', [told.dataset.copy, ...more, heading].join(told.dataset.of));
  made.addEventListener('click', () => copy(text));
  return made;
};

// The address that is copied is the published one, also from a page that was opened from a disk.
for (const link of document.querySelectorAll('a[rel=bookmark]')) {
  const address = new URL(link.getAttribute('href'), base).href.replace('index.html', '');
  link.after(button(link, address));
}
for (const cited of document.querySelectorAll('.formats dd')) {
  const place = document.createElement('dd');
  place.dataset.added = '';
  place.append(button(cited, cited.textContent, cited.previousElementSibling.textContent));
  cited.after(place);
}
