(function(){'use strict';
function boxes(f){return [].slice.call(f.querySelectorAll('input[type=checkbox]'))}
function limit(f){var m=+f.getAttribute('data-max');if(!m)return;var b=boxes(f),n=b.filter(function(x){return x.checked}).length;
b.forEach(function(x){x.disabled=n>=m&&!x.checked&&!x.hasAttribute('data-x')})}
document.addEventListener('change',function(e){var t=e.target,f=t.closest&&t.closest('fieldset');
if(!f||t.type!=='checkbox')return;
if(t.checked)boxes(f).forEach(function(x){if(x!==t&&(t.hasAttribute('data-x')||x.hasAttribute('data-x')))x.checked=false});limit(f)});
document.addEventListener('input',function(e){var t=e.target,o=t.getAttribute&&t.getAttribute('data-for');
if(o&&t.value){var b=document.getElementById(o);if(b&&!b.checked&&!b.disabled){b.checked=true;b.dispatchEvent(new Event('change',{bubbles:true}))}}});
[].forEach.call(document.querySelectorAll('fieldset[data-max]'),limit);
var sent=false;document.addEventListener('submit',function(e){if(sent)e.preventDefault();sent=true;
[].forEach.call(document.querySelectorAll('[data-for]'),function(x){var b=document.getElementById(x.getAttribute('data-for'));if(b&&!b.checked)x.value=''});
setTimeout(function(){sent=false},4000)});
window.addEventListener('pageshow',function(){sent=false});
var s=document.querySelector('.sum');if(s)s.focus();
})();
