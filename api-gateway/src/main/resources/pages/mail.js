'use strict';

// The token leaves the address (and so the history) before anything else happens.
const token = new URLSearchParams(location.hash.slice(1)).get('token') || '';
history.replaceState(null, '', location.pathname);

const korean = (navigator.languages || [navigator.language]).some((language) => /^ko/i.test(language));
const texts = {
  'verify-title': ['이메일 주소 확인', 'Confirm your e-mail address'],
  'verify-lead': ['아래 버튼을 누르면 이 이메일 주소가 본인 것임이 확인됩니다.', 'Press the button to confirm that this e-mail address is yours.'],
  'verify-button': ['확인', 'Confirm'],
  'reset-title': ['새 비밀번호', 'Choose a new password'],
  'reset-lead': ['새 비밀번호를 정하면 모든 기기에서 로그아웃됩니다.', 'Every device is logged out when you choose a new password.'],
  'reset-label': ['새 비밀번호', 'New password'],
  'reset-again': ['한 번 더', 'Once more'],
  'reset-button': ['바꾸기', 'Change it'],
  'no-token': ['링크가 완전하지 않습니다. 메일에 있는 링크를 다시 열어 주세요.', 'The link is not complete. Please open the link in the mail again.'],
  'not-same': ['두 비밀번호가 서로 다릅니다.', 'The two passwords differ.'],
  'done': ['완료되었습니다. 이 창을 닫아도 됩니다.', 'Done. You may close this window.'],
  'failed': ['지금은 처리할 수 없습니다. 잠시 뒤에 다시 시도해 주세요.', 'This does not work right now. Please try again in a while.'],
};
const text = (key) => texts[key][korean ? 0 : 1];

const main = document.querySelector('main');
const form = document.querySelector('form');
const status = document.querySelector('[role="status"]');
document.documentElement.lang = korean ? 'ko' : 'en';
document.querySelectorAll('[data-text]').forEach((element) => {
  element.textContent = text(element.dataset.text);
});
if (!token) {
  form.hidden = true;
  status.textContent = text('no-token');
}

// What the service says is in its own words, in the language asked for; it goes in as text, never as markup.
const reason = (problem) => [problem.detail, ...(problem.errors || []).map((error) => error.message)].join(' ');

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const body = { token };
  if (form.elements.newPassword) {
    if (form.elements.newPassword.value !== form.elements.again.value) {
      status.textContent = text('not-same');
      return;
    }
    body.newPassword = form.elements.newPassword.value;
  }
  const button = form.querySelector('button');
  button.disabled = true;
  try {
    const answer = await fetch(main.dataset.call, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Accept-Language': korean ? 'ko' : 'en' },
      body: JSON.stringify(body),
      credentials: 'omit',
    });
    form.hidden = answer.ok;
    status.textContent = answer.ok ? text('done') : reason(await answer.json());
  } catch (unreachable) {
    status.textContent = text('failed');
  } finally {
    button.disabled = false;
  }
});
