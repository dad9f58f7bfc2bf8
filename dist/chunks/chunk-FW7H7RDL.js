import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  repeatSection
} from "./chunk-WR6MWXGD.js";
import {
  scenariosSection
} from "./chunk-24CB5SRQ.js";
import {
  bad,
  brokenSection,
  cardSection,
  clock,
  code,
  columns,
  command,
  comparisonSection,
  dateOf,
  dimensionsPart,
  fold,
  heading,
  joined,
  knownSection,
  list,
  only,
  orNotMeasured,
  own,
  paragraph,
  say,
  scoreText,
  table,
  title,
  trendText,
  undecidedSection,
  verdictOf
} from "./chunk-WV6MXPV7.js";
import {
  attemptText,
  attempts,
  balance,
  behindScore,
  capital,
  checkTitles,
  cutLogsText,
  entities,
  escapeHtml,
  escapeHtmlCommand,
  escapeHtmlLines,
  expectationNames,
  expectedText,
  featureRows,
  formatAt,
  formatAvailability,
  formatCores,
  formatGrowth,
  formatLatency,
  formatMebibytes,
  formatScore,
  gapText,
  gradeOf,
  harnessText,
  leftOutOf,
  machineText,
  measuredText,
  metText,
  notApplicableOf,
  notMeasured,
  otherRuns,
  partsText,
  plain,
  sentence,
  unknownOf,
  whyNotApplicable
} from "./chunk-AU4Z6BYV.js";
import {
  repeatCommand
} from "./chunk-2OZVQ7HJ.js";
import {
  formatCount,
  plural
} from "./chunk-72AKB4P6.js";
import {
  formatMs
} from "./chunk-VDOZDET2.js";

// src/report/html.ts
import { createHash } from "node:crypto";

// node_modules/uplot/dist/uPlot.iife.min.js
var uPlot_iife_min_default = '/*! https://github.com/leeoniya/uPlot (v1.6.32) */\nvar uPlot=function(){"use strict";const l="u-off",e="u-label",t="width",n="height",i="top",o="bottom",s="left",r="right",u="#000",a=u+"0",f="mousemove",c="mousedown",h="mouseup",d="mouseenter",p="mouseleave",m="dblclick",g="change",x="dppxchange",w="--",_="undefined"!=typeof window,b=_?document:null,v=_?window:null,k=_?navigator:null;let y,M;function S(l,e){if(null!=e){let t=l.classList;!t.contains(e)&&t.add(e)}}function T(l,e){let t=l.classList;t.contains(e)&&t.remove(e)}function E(l,e,t){l.style[e]=t+"px"}function z(l,e,t,n){let i=b.createElement(l);return null!=e&&S(i,e),null!=t&&t.insertBefore(i,n),i}function D(l,e){return z("div",l,e)}const P=new WeakMap;function A(e,t,n,i,o){let s="translate("+t+"px,"+n+"px)";s!=P.get(e)&&(e.style.transform=s,P.set(e,s),0>t||0>n||t>i||n>o?S(e,l):T(e,l))}const W=new WeakMap;function Y(l,e,t){let n=e+t;n!=W.get(l)&&(W.set(l,n),l.style.background=e,l.style.borderColor=t)}const C=new WeakMap;function H(l,e,t,n){let i=e+""+t;i!=C.get(l)&&(C.set(l,i),l.style.height=t+"px",l.style.width=e+"px",l.style.marginLeft=n?-e/2+"px":0,l.style.marginTop=n?-t/2+"px":0)}const F={passive:!0},R={...F,capture:!0};function G(l,e,t,n){e.addEventListener(l,t,n?R:F)}function I(l,e,t){e.removeEventListener(l,t,F)}function L(l,e,t,n){let i;t=t||0;let o=2147483647>=(n=n||e.length-1);for(;n-t>1;)i=o?t+n>>1:sl((t+n)/2),l>e[i]?t=i:n=i;return l-e[t]>e[n]-l?n:t}function O(l){return(e,t,n)=>{let i=-1,o=-1;for(let o=t;n>=o;o++)if(l(e[o])){i=o;break}for(let i=n;i>=t;i--)if(l(e[i])){o=i;break}return[i,o]}}_&&function l(){let e=devicePixelRatio;y!=e&&(y=e,M&&I(g,M,l),M=matchMedia(`(min-resolution: ${y-.001}dppx) and (max-resolution: ${y+.001}dppx)`),G(g,M,l),v.dispatchEvent(new CustomEvent(x)))}();const N=l=>null!=l,j=l=>null!=l&&l>0,U=O(N),V=O(j);function B(l,e,t,n){let i=hl(l),o=hl(e);l==e&&(-1==i?(l*=t,e/=t):(l/=t,e*=t));let s=10==t?dl:pl,r=1==o?ul:sl,u=(1==i?sl:ul)(s(ol(l))),a=r(s(ol(e))),f=cl(t,u),c=cl(t,a);return 10==t&&(0>u&&(f=Al(f,-u)),0>a&&(c=Al(c,-a))),n||2==t?(l=f*i,e=c*o):(l=Pl(l,f),e=Dl(e,c)),[l,e]}function $(l,e,t,n){let i=B(l,e,t,n);return 0==l&&(i[0]=0),0==e&&(i[1]=0),i}const J=.1,q={mode:3,pad:J},K={pad:0,soft:null,mode:0},X={min:K,max:K};function Z(l,e,t,n){return Ol(t)?ll(l,e,t):(K.pad=t,K.soft=n?0:null,K.mode=n?3:0,ll(l,e,X))}function Q(l,e){return null==l?e:l}function ll(l,e,t){let n=t.min,i=t.max,o=Q(n.pad,0),s=Q(i.pad,0),r=Q(n.hard,-gl),u=Q(i.hard,gl),a=Q(n.soft,gl),f=Q(i.soft,-gl),c=Q(n.mode,0),h=Q(i.mode,0),d=e-l,p=dl(d),m=fl(ol(l),ol(e)),g=dl(m),x=ol(g-p);(1e-24>d||x>10)&&(d=0,0!=l&&0!=e||(d=1e-24,2==c&&a!=gl&&(o=0),2==h&&f!=-gl&&(s=0)));let w=d||m||1e3,_=dl(w),b=cl(10,sl(_)),v=Al(Pl(l-w*(0==d?0==l?.1:1:o),b/10),24),k=a>l||1!=c&&(3!=c||v>a)&&(2!=c||a>v)?gl:a,y=fl(r,k>v&&l>=k?k:al(k,v)),M=Al(Dl(e+w*(0==d?0==e?.1:1:s),b/10),24),S=e>f||1!=h&&(3!=h||f>M)&&(2!=h||M>f)?-gl:f,T=al(u,M>S&&S>=e?S:fl(S,M));return y==T&&0==y&&(T=100),[y,T]}const el=new Intl.NumberFormat(_?k.language:"en-US"),tl=l=>el.format(l),nl=Math,il=nl.PI,ol=nl.abs,sl=nl.floor,rl=nl.round,ul=nl.ceil,al=nl.min,fl=nl.max,cl=nl.pow,hl=nl.sign,dl=nl.log10,pl=nl.log2,ml=(l,e=1)=>nl.asinh(l/e),gl=1/0;function xl(l){return 1+(0|dl((l^l>>31)-(l>>31)))}function wl(l,e,t){return al(fl(l,e),t)}function _l(l){return"function"==typeof l}function bl(l){return _l(l)?l:()=>l}const vl=l=>l,kl=(l,e)=>e,yl=()=>null,Ml=()=>!0,Sl=(l,e)=>l==e,Tl=/\\.\\d*?(?=9{6,}|0{6,})/gm,El=l=>{if(Il(l)||Wl.has(l))return l;const e=""+l,t=e.match(Tl);if(null==t)return l;let n=t[0].length-1;if(-1!=e.indexOf("e-")){let[l,t]=e.split("e");return+`${El(l)}e${t}`}return Al(l,n)};function zl(l,e){return El(Al(El(l/e))*e)}function Dl(l,e){return El(ul(El(l/e))*e)}function Pl(l,e){return El(sl(El(l/e))*e)}function Al(l,e=0){if(Il(l))return l;let t=10**e;return rl(l*t*(1+Number.EPSILON))/t}const Wl=new Map;function Yl(l){return((""+l).split(".")[1]||"").length}function Cl(l,e,t,n){let i=[],o=n.map(Yl);for(let s=e;t>s;s++){let e=ol(s),t=Al(cl(l,s),e);for(let r=0;n.length>r;r++){let u=10==l?+`${n[r]}e${s}`:n[r]*t,a=(0>s?e:0)+(o[r]>s?o[r]:0),f=10==l?u:Al(u,a);i.push(f),Wl.set(f,a)}}return i}const Hl={},Fl=[],Rl=[null,null],Gl=Array.isArray,Il=Number.isInteger;function Ll(l){return"string"==typeof l}function Ol(l){let e=!1;if(null!=l){let t=l.constructor;e=null==t||t==Object}return e}function Nl(l){return null!=l&&"object"==typeof l}const jl=Object.getPrototypeOf(Uint8Array),Ul="__proto__";function Vl(l,e=Ol){let t;if(Gl(l)){let n=l.find((l=>null!=l));if(Gl(n)||e(n)){t=Array(l.length);for(let n=0;l.length>n;n++)t[n]=Vl(l[n],e)}else t=l.slice()}else if(l instanceof jl)t=l.slice();else if(e(l)){t={};for(let n in l)n!=Ul&&(t[n]=Vl(l[n],e))}else t=l;return t}function Bl(l){let e=arguments;for(let t=1;e.length>t;t++){let n=e[t];for(let e in n)e!=Ul&&(Ol(l[e])?Bl(l[e],Vl(n[e])):l[e]=Vl(n[e]))}return l}function $l(l,e,t){for(let n,i=0,o=-1;e.length>i;i++){let s=e[i];if(s>o){for(n=s-1;n>=0&&null==l[n];)l[n--]=null;for(n=s+1;t>n&&null==l[n];)l[o=n++]=null}}}const Jl="undefined"==typeof queueMicrotask?l=>Promise.resolve().then(l):queueMicrotask,ql=["January","February","March","April","May","June","July","August","September","October","November","December"],Kl=["Sunday","Monday","Tuesday","Wednesday","Thursday","Friday","Saturday"];function Xl(l){return l.slice(0,3)}const Zl=Kl.map(Xl),Ql=ql.map(Xl),le={MMMM:ql,MMM:Ql,WWWW:Kl,WWW:Zl};function ee(l){return(10>l?"0":"")+l}const te={YYYY:l=>l.getFullYear(),YY:l=>(l.getFullYear()+"").slice(2),MMMM:(l,e)=>e.MMMM[l.getMonth()],MMM:(l,e)=>e.MMM[l.getMonth()],MM:l=>ee(l.getMonth()+1),M:l=>l.getMonth()+1,DD:l=>ee(l.getDate()),D:l=>l.getDate(),WWWW:(l,e)=>e.WWWW[l.getDay()],WWW:(l,e)=>e.WWW[l.getDay()],HH:l=>ee(l.getHours()),H:l=>l.getHours(),h:l=>{let e=l.getHours();return 0==e?12:e>12?e-12:e},AA:l=>12>l.getHours()?"AM":"PM",aa:l=>12>l.getHours()?"am":"pm",a:l=>12>l.getHours()?"a":"p",mm:l=>ee(l.getMinutes()),m:l=>l.getMinutes(),ss:l=>ee(l.getSeconds()),s:l=>l.getSeconds(),fff:l=>function(l){return(10>l?"00":100>l?"0":"")+l}(l.getMilliseconds())};function ne(l,e){e=e||le;let t,n=[],i=/\\{([a-z]+)\\}|[^{]+/gi;for(;t=i.exec(l);)n.push("{"==t[0][0]?te[t[1]]:t[0]);return l=>{let t="";for(let i=0;n.length>i;i++)t+="string"==typeof n[i]?n[i]:n[i](l,e);return t}}const ie=(new Intl.DateTimeFormat).resolvedOptions().timeZone,oe=l=>l%1==0,se=[1,2,2.5,5],re=Cl(10,-32,0,se),ue=Cl(10,0,32,se),ae=ue.filter(oe),fe=re.concat(ue),ce="{YYYY}",he="\\n"+ce,de="{M}/{D}",pe="\\n"+de,me=pe+"/{YY}",ge="{aa}",xe="{h}:{mm}"+ge,we="\\n"+xe,_e=":{ss}",be=null;function ve(l){let e=1e3*l,t=60*e,n=60*t,i=24*n,o=30*i,s=365*i;return[(1==l?Cl(10,0,3,se).filter(oe):Cl(10,-3,0,se)).concat([e,5*e,10*e,15*e,30*e,t,5*t,10*t,15*t,30*t,n,2*n,3*n,4*n,6*n,8*n,12*n,i,2*i,3*i,4*i,5*i,6*i,7*i,8*i,9*i,10*i,15*i,o,2*o,3*o,4*o,6*o,s,2*s,5*s,10*s,25*s,50*s,100*s]),[[s,ce,be,be,be,be,be,be,1],[28*i,"{MMM}",he,be,be,be,be,be,1],[i,de,he,be,be,be,be,be,1],[n,"{h}"+ge,me,be,pe,be,be,be,1],[t,xe,me,be,pe,be,be,be,1],[e,_e,me+" "+xe,be,pe+" "+xe,be,we,be,1],[l,_e+".{fff}",me+" "+xe,be,pe+" "+xe,be,we,be,1]],function(e){return(r,u,a,f,c,h)=>{let d=[],p=c>=s,m=c>=o&&s>c,g=e(a),x=Al(g*l,3),w=Pe(g.getFullYear(),p?0:g.getMonth(),m||p?1:g.getDate()),_=Al(w*l,3);if(m||p){let t=m?c/o:0,n=p?c/s:0,i=x==_?x:Al(Pe(w.getFullYear()+n,w.getMonth()+t,1)*l,3),r=new Date(rl(i/l)),u=r.getFullYear(),a=r.getMonth();for(let o=0;f>=i;o++){let s=Pe(u+n*o,a+t*o,1),r=s-e(Al(s*l,3));i=Al((+s+r)*l,3),i>f||d.push(i)}}else{let o=i>c?c:i,s=_+(sl(a)-sl(x))+Dl(x-_,o);d.push(s);let p=e(s),m=p.getHours()+p.getMinutes()/t+p.getSeconds()/n,g=c/n,w=h/r.axes[u]._space;for(;s=Al(s+c,1==l?0:3),f>=s;)if(g>1){let l=sl(Al(m+g,6))%24,t=e(s).getHours()-l;t>1&&(t=-1),s-=t*n,m=(m+g)%24,.7>Al((s-d[d.length-1])/c,3)*w||d.push(s)}else d.push(s)}return d}}]}const[ke,ye,Me]=ve(1),[Se,Te,Ee]=ve(.001);function ze(l,e){return l.map((l=>l.map(((t,n)=>0==n||8==n||null==t?t:e(1==n||0==l[8]?t:l[1]+t)))))}function De(l,e){return(t,n,i,o,s)=>{let r,u,a,f,c,h,d=e.find((l=>s>=l[0]))||e[e.length-1];return n.map((e=>{let t=l(e),n=t.getFullYear(),i=t.getMonth(),o=t.getDate(),s=t.getHours(),p=t.getMinutes(),m=t.getSeconds(),g=n!=r&&d[2]||i!=u&&d[3]||o!=a&&d[4]||s!=f&&d[5]||p!=c&&d[6]||m!=h&&d[7]||d[1];return r=n,u=i,a=o,f=s,c=p,h=m,g(t)}))}}function Pe(l,e,t){return new Date(l,e,t)}function Ae(l,e){return e(l)}function We(l,e){return(t,n,i,o)=>null==o?w:e(l(n))}Cl(2,-53,53,[1]);const Ye={show:!0,live:!0,isolate:!1,mount:()=>{},markers:{show:!0,width:2,stroke:function(l,e){let t=l.series[e];return t.width?t.stroke(l,e):t.points.width?t.points.stroke(l,e):null},fill:function(l,e){return l.series[e].fill(l,e)},dash:"solid"},idx:null,idxs:null,values:[]},Ce=[0,0];function He(l,e,t,n=!0){return l=>{0==l.button&&(!n||l.target==e)&&t(l)}}function Fe(l,e,t,n=!0){return l=>{(!n||l.target==e)&&t(l)}}const Re={show:!0,x:!0,y:!0,lock:!1,move:function(l,e,t){return Ce[0]=e,Ce[1]=t,Ce},points:{one:!1,show:function(l,e){let i=l.cursor.points,o=D(),s=i.size(l,e);E(o,t,s),E(o,n,s);let r=s/-2;E(o,"marginLeft",r),E(o,"marginTop",r);let u=i.width(l,e,s);return u&&E(o,"borderWidth",u),o},size:function(l,e){return l.series[e].points.size},width:0,stroke:function(l,e){let t=l.series[e].points;return t._stroke||t._fill},fill:function(l,e){let t=l.series[e].points;return t._fill||t._stroke}},bind:{mousedown:He,mouseup:He,click:He,dblclick:He,mousemove:Fe,mouseleave:Fe,mouseenter:Fe},drag:{setScale:!0,x:!0,y:!1,dist:0,uni:null,click:(l,e)=>{e.stopPropagation(),e.stopImmediatePropagation()},_x:!1,_y:!1},focus:{dist:(l,e,t,n,i)=>n-i,prox:-1,bias:0},hover:{skip:[void 0],prox:null,bias:0},left:-10,top:-10,idx:null,dataIdx:null,idxs:null,event:null},Ge={show:!0,stroke:"rgba(0,0,0,0.07)",width:2},Ie=Bl({},Ge,{filter:kl}),Le=Bl({},Ie,{size:10}),Oe=Bl({},Ge,{show:!1}),Ne=\'12px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Noto Sans", sans-serif, "Apple Color Emoji", "Segoe UI Emoji", "Segoe UI Symbol", "Noto Color Emoji"\',je="bold "+Ne,Ue={show:!0,scale:"x",stroke:u,space:50,gap:5,alignTo:1,size:50,labelGap:0,labelSize:30,labelFont:je,side:2,grid:Ie,ticks:Le,border:Oe,font:Ne,lineGap:1.5,rotate:0},Ve={show:!0,scale:"x",auto:!1,sorted:1,min:gl,max:-gl,idxs:[]};function Be(l,e){return e.map((l=>null==l?"":tl(l)))}function $e(l,e,t,n,i,o,s){let r=[],u=Wl.get(i)||0;for(let l=t=s?t:Al(Dl(t,i),u);n>=l;l=Al(l+i,u))r.push(Object.is(l,-0)?0:l);return r}function Je(l,e,t,n,i){const o=[],s=l.scales[l.axes[e].scale].log,r=sl((10==s?dl:pl)(t));i=cl(s,r),10==s&&(i=fe[L(i,fe)]);let u=t,a=i*s;10==s&&(a=fe[L(a,fe)]);do{o.push(u),u+=i,10!=s||Wl.has(u)||(u=Al(u,Wl.get(i))),a>u||(a=(i=u)*s,10==s&&(a=fe[L(a,fe)]))}while(n>=u);return o}function qe(l,e,t,n,i){let o=l.scales[l.axes[e].scale].asinh,s=n>o?Je(l,e,fl(o,t),n,i):[o],r=0>n||t>0?[]:[0];return(-o>t?Je(l,e,fl(o,-n),-t,i):[o]).reverse().map((l=>-l)).concat(r,s)}const Ke=/./,Xe=/[12357]/,Ze=/[125]/,Qe=/1/,lt=(l,e,t,n)=>l.map(((l,i)=>4==e&&0==l||i%n==0&&t.test(l.toExponential()[0>l?1:0])?l:null));function et(l,e,t){let n=l.axes[t],i=n.scale,o=l.scales[i],s=l.valToPos,r=n._space,u=s(10,i),a=s(9,i)-u<r?s(7,i)-u<r?s(5,i)-u<r?Qe:Ze:Xe:Ke;if(a==Qe){let l=ol(s(1,i)-u);if(r>l)return lt(e.slice().reverse(),o.distr,a,ul(r/l)).reverse()}return lt(e,o.distr,a,1)}function tt(l,e,t){let n=l.axes[t],i=n.scale,o=n._space,s=l.valToPos,r=ol(s(1,i)-s(2,i));return o>r?lt(e.slice().reverse(),3,Ke,ul(o/r)).reverse():e}function nt(l,e,t,n){return null==n?w:null==e?"":tl(e)}const it={show:!0,scale:"y",stroke:u,space:30,gap:5,alignTo:1,size:50,labelGap:0,labelSize:30,labelFont:je,side:3,grid:Ie,ticks:Le,border:Oe,font:Ne,lineGap:1.5,rotate:0},ot={scale:null,auto:!0,sorted:0,min:gl,max:-gl},st=(l,e,t,n,i)=>i,rt={show:!0,auto:!0,sorted:0,gaps:st,alpha:1,facets:[Bl({},ot,{scale:"x"}),Bl({},ot,{scale:"y"})]},ut={scale:"y",auto:!0,sorted:0,show:!0,spanGaps:!1,gaps:st,alpha:1,points:{show:function(l,e){let{scale:t,idxs:n}=l.series[0],i=l._data[0],o=l.valToPos(i[n[0]],t,!0),s=l.valToPos(i[n[1]],t,!0);return ol(s-o)/(l.series[e].points.space*y)>=n[1]-n[0]},filter:null},values:null,min:gl,max:-gl,idxs:[],path:null,clip:null};function at(l,e,t){return t/10}const ft={time:!0,auto:!0,distr:1,log:10,asinh:1,min:null,max:null,dir:1,ori:0},ct=Bl({},ft,{time:!1,ori:1}),ht={};function dt(l){let e=ht[l];return e||(e={key:l,plots:[],sub(l){e.plots.push(l)},unsub(l){e.plots=e.plots.filter((e=>e!=l))},pub(l,t,n,i,o,s,r){for(let u=0;e.plots.length>u;u++)e.plots[u]!=t&&e.plots[u].pub(l,t,n,i,o,s,r)}},null!=l&&(ht[l]=e)),e}function pt(l,e,t){const n=l.mode,i=l.series[e],o=2==n?l._data[e]:l._data,s=l.scales,r=l.bbox;let u=o[0],a=2==n?o[1]:o[e],f=2==n?s[i.facets[0].scale]:s[l.series[0].scale],c=2==n?s[i.facets[1].scale]:s[i.scale],h=r.left,d=r.top,p=r.width,m=r.height,g=l.valToPosH,x=l.valToPosV;return 0==f.ori?t(i,u,a,f,c,g,x,h,d,p,m,kt,Mt,Tt,zt,Pt):t(i,u,a,f,c,x,g,d,h,m,p,yt,St,Et,Dt,At)}function mt(l,e){let t=0,n=0,i=Q(l.bands,Fl);for(let l=0;i.length>l;l++){let o=i[l];o.series[0]==e?t=o.dir:o.series[1]==e&&(n|=1==o.dir?1:2)}return[t,1==n?-1:2==n?1:3==n?2:0]}function gt(l,e,t,n,i){let o=l.series[e],s=l.scales[2==l.mode?o.facets[1].scale:o.scale];return-1==i?s.min:1==i?s.max:3==s.distr?1==s.dir?s.min:s.max:0}function xt(l,e,t,n,i,o){return pt(l,e,((l,e,s,r,u,a,f,c,h,d,p)=>{let m=l.pxRound;const g=0==r.ori?Mt:St;let x,w;1==r.dir*(0==r.ori?1:-1)?(x=t,w=n):(x=n,w=t);let _=m(a(e[x],r,d,c)),b=m(f(s[x],u,p,h)),v=m(a(e[w],r,d,c)),k=m(f(1==o?u.max:u.min,u,p,h)),y=new Path2D(i);return g(y,v,k),g(y,_,k),g(y,_,b),y}))}function wt(l,e,t,n,i,o){let s=null;if(l.length>0){s=new Path2D;const r=0==e?Tt:Et;let u=t;for(let e=0;l.length>e;e++){let t=l[e];if(t[1]>t[0]){let l=t[0]-u;l>0&&r(s,u,n,l,n+o),u=t[1]}}let a=t+i-u,f=10;a>0&&r(s,u,n-f/2,a,n+o+f)}return s}function _t(l,e,t,n,i,o,s){let r=[],u=l.length;for(let a=1==i?t:n;a>=t&&n>=a;a+=i)if(null===e[a]){let f=a,c=a;if(1==i)for(;++a<=n&&null===e[a];)c=a;else for(;--a>=t&&null===e[a];)c=a;let h=o(l[f]),d=c==f?h:o(l[c]),p=f-i;h=s>0||0>p||p>=u?h:o(l[p]);let m=c+i;d=0>s||0>m||m>=u?d:o(l[m]),h>d||r.push([h,d])}return r}function bt(l){return 0==l?vl:1==l?rl:e=>zl(e,l)}function vt(l){let e=0==l?kt:yt,t=0==l?(l,e,t,n,i,o)=>{l.arcTo(e,t,n,i,o)}:(l,e,t,n,i,o)=>{l.arcTo(t,e,i,n,o)},n=0==l?(l,e,t,n,i)=>{l.rect(e,t,n,i)}:(l,e,t,n,i)=>{l.rect(t,e,i,n)};return(l,i,o,s,r,u=0,a=0)=>{0==u&&0==a?n(l,i,o,s,r):(u=al(u,s/2,r/2),a=al(a,s/2,r/2),e(l,i+u,o),t(l,i+s,o,i+s,o+r,u),t(l,i+s,o+r,i,o+r,a),t(l,i,o+r,i,o,a),t(l,i,o,i+s,o,u),l.closePath())}}const kt=(l,e,t)=>{l.moveTo(e,t)},yt=(l,e,t)=>{l.moveTo(t,e)},Mt=(l,e,t)=>{l.lineTo(e,t)},St=(l,e,t)=>{l.lineTo(t,e)},Tt=vt(0),Et=vt(1),zt=(l,e,t,n,i,o)=>{l.arc(e,t,n,i,o)},Dt=(l,e,t,n,i,o)=>{l.arc(t,e,n,i,o)},Pt=(l,e,t,n,i,o,s)=>{l.bezierCurveTo(e,t,n,i,o,s)},At=(l,e,t,n,i,o,s)=>{l.bezierCurveTo(t,e,i,n,s,o)};function Wt(){return(l,e,t,n,i)=>pt(l,e,((e,o,s,r,u,a,f,c,h,d,p)=>{let m,g,{pxRound:x,points:w}=e;0==r.ori?(m=kt,g=zt):(m=yt,g=Dt);const _=Al(w.width*y,3);let b=(w.size-w.width)/2*y,v=Al(2*b,3),k=new Path2D,M=new Path2D,{left:S,top:T,width:E,height:z}=l.bbox;Tt(M,S-v,T-v,E+2*v,z+2*v);const D=l=>{if(null!=s[l]){let e=x(a(o[l],r,d,c)),t=x(f(s[l],u,p,h));m(k,e+b,t),g(k,e,t,b,0,2*il)}};if(i)i.forEach(D);else for(let l=t;n>=l;l++)D(l);return{stroke:_>0?k:null,fill:k,clip:M,flags:3}}))}function Yt(l){return(e,t,n,i,o,s)=>{n!=i&&(o!=n&&s!=n&&l(e,t,n),o!=i&&s!=i&&l(e,t,i),l(e,t,s))}}const Ct=Yt(Mt),Ht=Yt(St);function Ft(l){const e=Q(l?.alignGaps,0);return(l,t,n,i)=>pt(l,t,((o,s,r,u,a,f,c,h,d,p,m)=>{[n,i]=U(r,n,i);let g,x,w=o.pxRound,_=l=>w(f(l,u,p,h)),b=l=>w(c(l,a,m,d));0==u.ori?(g=Mt,x=Ct):(g=St,x=Ht);const v=u.dir*(0==u.ori?1:-1),k={stroke:new Path2D,fill:null,clip:null,band:null,gaps:null,flags:1},y=k.stroke;let M=!1;if(i-n<4*p)for(let l=1==v?n:i;l>=n&&i>=l;l+=v){let e=r[l];null===e?M=!0:null!=e&&g(y,_(s[l]),b(e))}else{let e,t,o,a=e=>l.posToVal(e,u.key,!0),f=null,c=null,h=_(s[1==v?n:i]),d=_(s[n]),p=_(s[i]),m=a(1==v?d+1:p-1);for(let l=1==v?n:i;l>=n&&i>=l;l+=v){let n=s[l],i=(1==v?m>n:n>m)?h:_(n),o=r[l];i==h?null!=o?(t=o,null==f?(g(y,i,b(t)),e=f=c=t):f>t?f=t:t>c&&(c=t)):null===o&&(M=!0):(null!=f&&x(y,h,b(f),b(c),b(e),b(t)),null!=o?(t=o,g(y,i,b(t)),f=c=e=t):(f=c=null,null===o&&(M=!0)),h=i,m=a(h+v))}null!=f&&f!=c&&o!=h&&x(y,h,b(f),b(c),b(e),b(t))}let[S,T]=mt(l,t);if(null!=o.fill||0!=S){let e=k.fill=new Path2D(y),r=b(o.fillTo(l,t,o.min,o.max,S)),u=_(s[n]),a=_(s[i]);-1==v&&([a,u]=[u,a]),g(e,a,r),g(e,u,r)}if(!o.spanGaps){let a=[];M&&a.push(..._t(s,r,n,i,v,_,e)),k.gaps=a=o.gaps(l,t,n,i,a),k.clip=wt(a,u.ori,h,d,p,m)}return 0!=T&&(k.band=2==T?[xt(l,t,n,i,y,-1),xt(l,t,n,i,y,1)]:xt(l,t,n,i,y,T)),k}))}function Rt(l,e,t,n,i,o,s=gl){if(l.length>1){let r=null;for(let u=0,a=1/0;l.length>u;u++)if(void 0!==e[u]){if(null!=r){let e=ol(l[u]-l[r]);a>e&&(a=e,s=ol(t(l[u],n,i,o)-t(l[r],n,i,o)))}r=u}}return s}function Gt(l,e,t,n,i){const o=l.length;if(2>o)return null;const s=new Path2D;if(t(s,l[0],e[0]),2==o)n(s,l[1],e[1]);else{let t=Array(o),n=Array(o-1),r=Array(o-1),u=Array(o-1);for(let t=0;o-1>t;t++)r[t]=e[t+1]-e[t],u[t]=l[t+1]-l[t],n[t]=r[t]/u[t];t[0]=n[0];for(let l=1;o-1>l;l++)0===n[l]||0===n[l-1]||n[l-1]>0!=n[l]>0?t[l]=0:(t[l]=3*(u[l-1]+u[l])/((2*u[l]+u[l-1])/n[l-1]+(u[l]+2*u[l-1])/n[l]),isFinite(t[l])||(t[l]=0));t[o-1]=n[o-2];for(let n=0;o-1>n;n++)i(s,l[n]+u[n]/3,e[n]+t[n]*u[n]/3,l[n+1]-u[n]/3,e[n+1]-t[n+1]*u[n]/3,l[n+1],e[n+1])}return s}const It=new Set;function Lt(){for(let l of It)l.syncRect(!0)}_&&(G("resize",v,Lt),G("scroll",v,Lt,!0),G(x,v,(()=>{en.pxRatio=y})));const Ot=Ft(),Nt=Wt();function jt(l,e,t,n){return(n?[l[0],l[1]].concat(l.slice(2)):[l[0]].concat(l.slice(1))).map(((l,n)=>Ut(l,n,e,t)))}function Ut(l,e,t,n){return Bl({},0==e?t:n,l)}function Vt(l,e,t){return null==e?Rl:[e,t]}const Bt=Vt;function $t(l,e,t){return null==e?Rl:Z(e,t,J,!0)}function Jt(l,e,t,n){return null==e?Rl:B(e,t,l.scales[n].log,!1)}const qt=Jt;function Kt(l,e,t,n){return null==e?Rl:$(e,t,l.scales[n].log,!1)}const Xt=Kt;function Zt(l,e,t,n,i){let o=fl(xl(l),xl(e)),s=e-l,r=L(i/n*s,t);do{let l=t[r],e=n*l/s;if(e>=i&&17>=o+(5>l?Wl.get(l):0))return[l,e]}while(++r<t.length);return[0,0]}function Qt(l){let e,t;return[l=l.replace(/(\\d+)px/,((l,n)=>(e=rl((t=+n)*y))+"px")),e,t]}function ln(l){l.show&&[l.font,l.labelFont].forEach((l=>{let e=Al(l[2]*y,1);l[0]=l[0].replace(/[0-9.]+px/,e+"px"),l[1]=e}))}function en(u,g,_){const k={mode:Q(u.mode,1)},M=k.mode;function P(l,e,t,n){let i=e.valToPct(l);return n+t*(-1==e.dir?1-i:i)}function W(l,e,t,n){let i=e.valToPct(l);return n+t*(-1==e.dir?i:1-i)}function C(l,e,t,n){return 0==e.ori?P(l,e,t,n):W(l,e,t,n)}k.valToPosH=P,k.valToPosV=W;let F=!1;k.status=0;const R=k.root=D("uplot");null!=u.id&&(R.id=u.id),S(R,u.class),u.title&&(D("u-title",R).textContent=u.title);const O=z("canvas"),K=k.ctx=O.getContext("2d"),X=D("u-wrap",R);G("click",X,(l=>{l.target===el&&(Nn!=Gn||jn!=In)&&Zn.click(k,l)}),!0);const ll=k.under=D("u-under",X);X.appendChild(O);const el=k.over=D("u-over",X),tl=+Q((u=Vl(u)).pxAlign,1),sl=bt(tl);(u.plugins||[]).forEach((l=>{l.opts&&(u=l.opts(k,u)||u)}));const hl=u.ms||.001,pl=k.series=1==M?jt(u.series||[],Ve,ut,!1):function(l,e){return l.map(((l,t)=>0==t?{}:Bl({},e,l)))}(u.series||[null],rt),xl=k.axes=jt(u.axes||[],Ue,it,!0),vl=k.scales={},Tl=k.bands=u.bands||[];Tl.forEach((l=>{l.fill=bl(l.fill||null),l.dir=Q(l.dir,-1)}));const El=2==M?pl[1].facets[0].scale:pl[0].scale,Dl={axes:function(){for(let l=0;xl.length>l;l++){let e=xl[l];if(!e.show||!e._show)continue;let t,n,u=e.side,a=u%2,f=e.stroke(k,l),c=0==u||3==u?-1:1,[h,d]=e._found;if(null!=e.label){let s=rl((e._lpos+e.labelGap*c)*y);_n(e.labelFont[0],f,"center",2==u?i:o),K.save(),1==a?(t=n=0,K.translate(s,rl(lt+st/2)),K.rotate((3==u?-il:il)/2)):(t=rl(Qe+ot/2),n=s);let r=_l(e.label)?e.label(k,l,h,d):e.label;K.fillText(r,t,n),K.restore()}if(0==d)continue;let p=vl[e.scale],m=0==a?ot:st,g=0==a?Qe:lt,x=e._splits,w=2==p.distr?x.map((l=>pn[l])):x,_=2==p.distr?pn[x[1]]-pn[x[0]]:h,b=e.ticks,v=e.border,M=b.show?b.size:0,S=rl(M*y),T=rl((2==e.alignTo?e._size-M-e.gap:e.gap)*y),E=e._rotate*-il/180,z=sl(e._pos*y),D=z+(S+T)*c;n=0==a?D:0,t=1==a?D:0,_n(e.font[0],f,1==e.align?s:2==e.align?r:E>0?s:0>E?r:0==a?"center":3==u?r:s,E||1==a?"middle":2==u?i:o);let P=e.font[1]*e.lineGap,A=x.map((l=>sl(C(l,p,m,g)))),W=e._values;for(let l=0;W.length>l;l++){let e=W[l];if(null!=e){0==a?t=A[l]:n=A[l],e=""+e;let i=-1==e.indexOf("\\n")?[e]:e.split(/\\n/gm);for(let l=0;i.length>l;l++){let e=i[l];E?(K.save(),K.translate(t,n+l*P),K.rotate(E),K.fillText(e,0,0),K.restore()):K.fillText(e,t,n+l*P)}}}b.show&&zn(A,b.filter(k,w,l,d,_),a,u,z,S,Al(b.width*y,3),b.stroke(k,l),b.dash,b.cap);let Y=e.grid;Y.show&&zn(A,Y.filter(k,w,l,d,_),a,0==a?2:1,0==a?lt:Qe,0==a?st:ot,Al(Y.width*y,3),Y.stroke(k,l),Y.dash,Y.cap),v.show&&zn([z],[1],0==a?1:0,0==a?1:2,1==a?lt:Qe,1==a?st:ot,Al(v.width*y,3),v.stroke(k,l),v.dash,v.cap)}Ci("drawAxes")},series:function(){if(Gt>0){let l=pl.some((l=>l._focus))&&dn!=Tt.alpha;l&&(K.globalAlpha=dn=Tt.alpha),pl.forEach(((l,e)=>{if(e>0&&l.show&&(kn(e,!1),kn(e,!0),null==l._paths)){let t=dn;dn!=l.alpha&&(K.globalAlpha=dn=l.alpha);let n=2==M?[0,g[e][0].length-1]:function(l){let e=wl(Lt-1,0,Gt-1),t=wl(en+1,0,Gt-1);for(;null==l[e]&&e>0;)e--;for(;null==l[t]&&Gt-1>t;)t++;return[e,t]}(g[e]);l._paths=l.paths(k,e,n[0],n[1]),dn!=t&&(K.globalAlpha=dn=t)}})),pl.forEach(((l,e)=>{if(e>0&&l.show){let t=dn;dn!=l.alpha&&(K.globalAlpha=dn=l.alpha),null!=l._paths&&yn(e,!1);{let t=null!=l._paths?l._paths.gaps:null,n=l.points.show(k,e,Lt,en,t),i=l.points.filter(k,e,n,t);(n||i)&&(l.points._paths=l.points.paths(k,e,Lt,en,i),yn(e,!0))}dn!=t&&(K.globalAlpha=dn=t),Ci("drawSeries",e)}})),l&&(K.globalAlpha=dn=1)}}},Pl=(u.drawOrder||["axes","series"]).map((l=>Dl[l]));function Cl(l){const e=3==l.distr?e=>dl(e>0?e:l.clamp(k,e,l.min,l.max,l.key)):4==l.distr?e=>ml(e,l.asinh):100==l.distr?e=>l.fwd(e):l=>l;return t=>{let n=e(t),{_min:i,_max:o}=l;return(n-i)/(o-i)}}function Il(l){let e=vl[l];if(null==e){let t=(u.scales||Hl)[l]||Hl;if(null!=t.from){Il(t.from);let e=Bl({},vl[t.from],t,{key:l});e.valToPct=Cl(e),vl[l]=e}else{e=vl[l]=Bl({},l==El?ft:ct,t),e.key=l;let n=e.time,i=e.range,o=Gl(i);if((l!=El||2==M&&!n)&&(!o||null!=i[0]&&null!=i[1]||(i={min:null==i[0]?q:{mode:1,hard:i[0],soft:i[0]},max:null==i[1]?q:{mode:1,hard:i[1],soft:i[1]}},o=!1),!o&&Ol(i))){let l=i;i=(e,t,n)=>null==t?Rl:Z(t,n,l)}e.range=bl(i||(n?Bt:l==El?3==e.distr?qt:4==e.distr?Xt:Vt:3==e.distr?Jt:4==e.distr?Kt:$t)),e.auto=bl(!o&&e.auto),e.clamp=bl(e.clamp||at),e._min=e._max=null,e.valToPct=Cl(e)}}}Il("x"),Il("y"),1==M&&pl.forEach((l=>{Il(l.scale)})),xl.forEach((l=>{Il(l.scale)}));for(let l in u.scales)Il(l);const jl=vl[El],Ul=jl.distr;let $l,ql;0==jl.ori?(S(R,"u-hz"),$l=P,ql=W):(S(R,"u-vt"),$l=W,ql=P);const Kl={};for(let l in vl){let e=vl[l];null==e.min&&null==e.max||(Kl[l]={min:e.min,max:e.max},e.min=e.max=null)}const Xl=u.tzDate||(l=>new Date(rl(l/hl))),Zl=u.fmtDate||ne,Ql=1==hl?Me(Xl):Ee(Xl),le=De(Xl,ze(1==hl?ye:Te,Zl)),ee=We(Xl,Ae("{YYYY}-{MM}-{DD} {h}:{mm}{aa}",Zl)),te=[],ie=k.legend=Bl({},Ye,u.legend),oe=k.cursor=Bl({},Re,{drag:{y:2==M}},u.cursor),se=ie.show,re=oe.show,ue=ie.markers;let ce,he,de;ie.idxs=te,ue.width=bl(ue.width),ue.dash=bl(ue.dash),ue.stroke=bl(ue.stroke),ue.fill=bl(ue.fill);let pe,me=[],ge=[],xe=!1,we={};if(ie.live){const l=pl[1]?pl[1].values:null;xe=null!=l,pe=xe?l(k,1,0):{_:0};for(let l in pe)we[l]=w}if(se)if(ce=z("table","u-legend",R),de=z("tbody",null,ce),ie.mount(k,ce),xe){he=z("thead",null,ce,de);let l=z("tr",null,he);for(var _e in z("th",null,l),pe)z("th",e,l).textContent=_e}else S(ce,"u-inline"),ie.live&&S(ce,"u-live");const be={show:!0},ve={show:!1},Pe=new Map;function Ce(l,e,t,n=!0){const i=Pe.get(e)||{},o=oe.bind[l](k,e,t,n);o&&(G(l,e,i[l]=o),Pe.set(e,i))}function He(l,e){const t=Pe.get(e)||{};for(let n in t)null!=l&&n!=l||(I(n,e,t[n]),delete t[n]);null==l&&Pe.delete(e)}let Fe=0,Ge=0,Ie=0,Le=0,Oe=0,Ne=0,je=Oe,Ke=Ne,Xe=Ie,Ze=Le,Qe=0,lt=0,ot=0,st=0;k.bbox={};let ht=!1,pt=!1,mt=!1,xt=!1,wt=!1,_t=!1;function vt(l,e,t){(t||l!=k.width||e!=k.height)&&kt(l,e),An(!1),mt=!0,pt=!0,Jn()}function kt(l,e){k.width=Fe=Ie=l,k.height=Ge=Le=e,Oe=Ne=0,function(){let l=!1,e=!1,t=!1,n=!1;xl.forEach((i=>{if(i.show&&i._show){let{side:o,_size:s}=i,r=s+(null!=i.label?i.labelSize:0);r>0&&(o%2?(Ie-=r,3==o?(Oe+=r,n=!0):t=!0):(Le-=r,0==o?(Ne+=r,l=!0):e=!0))}})),Ct[0]=l,Ct[1]=t,Ct[2]=e,Ct[3]=n,Ie-=Rt[1]+Rt[3],Oe+=Rt[3],Le-=Rt[2]+Rt[0],Ne+=Rt[0]}(),function(){let l=Oe+Ie,e=Ne+Le,t=Oe,n=Ne;function i(i,o){switch(i){case 1:return l+=o,l-o;case 2:return e+=o,e-o;case 3:return t-=o,t+o;case 0:return n-=o,n+o}}xl.forEach((l=>{if(l.show&&l._show){let e=l.side;l._pos=i(e,l._size),null!=l.label&&(l._lpos=i(e,l.labelSize))}}))}();let t=k.bbox;Qe=t.left=zl(Oe*y,.5),lt=t.top=zl(Ne*y,.5),ot=t.width=zl(Ie*y,.5),st=t.height=zl(Le*y,.5)}const yt=3;if(k.setSize=function({width:l,height:e}){vt(l,e)},null==oe.dataIdx){let l=oe.hover,e=l.skip=new Set(l.skip??[]);e.add(void 0);let t=l.prox=bl(l.prox),n=l.bias??=0;oe.dataIdx=(l,i,o,s)=>{if(0==i)return o;let r=o,u=t(l,i,o,s)??gl,a=u>=0&&gl>u,f=0==jl.ori?Ie:Le,c=oe.left,h=g[0],d=g[i];if(e.has(d[o])){r=null;let l,t=null,i=null;if(0==n||-1==n)for(l=o;null==t&&l-- >0;)e.has(d[l])||(t=l);if(0==n||1==n)for(l=o;null==i&&l++<d.length;)e.has(d[l])||(i=l);if(null!=t||null!=i)if(a){let l=c-(null==t?-1/0:$l(h[t],jl,f,0)),e=(null==i?1/0:$l(h[i],jl,f,0))-c;l>e?e>u||(r=i):l>u||(r=t)}else r=null==i?t:null==t||o-t>i-o?i:t}else a&&ol(c-$l(h[o],jl,f,0))>u&&(r=null);return r}}const Mt=l=>{oe.event=l};oe.idxs=te,oe._lock=!1;let St=oe.points;St.show=bl(St.show),St.size=bl(St.size),St.stroke=bl(St.stroke),St.width=bl(St.width),St.fill=bl(St.fill);const Tt=k.focus=Bl({},u.focus||{alpha:.3},oe.focus),Et=Tt.prox>=0,zt=Et&&St.one;let Dt=[],Pt=[],At=[];function Wt(l,e){let t=St.show(k,e);if(t instanceof HTMLElement)return S(t,"u-cursor-pt"),S(t,l.class),A(t,-10,-10,Ie,Le),el.insertBefore(t,Dt[e]),t}function Yt(t,n){if(1==M||n>0){let l=1==M&&vl[t.scale].time,e=t.value;t.value=l?Ll(e)?We(Xl,Ae(e,Zl)):e||ee:e||nt,t.label=t.label||(l?"Time":"Value")}if(zt||n>0){t.width=null==t.width?1:t.width,t.paths=t.paths||Ot||yl,t.fillTo=bl(t.fillTo||gt),t.pxAlign=+Q(t.pxAlign,tl),t.pxRound=bt(t.pxAlign),t.stroke=bl(t.stroke||null),t.fill=bl(t.fill||null),t._stroke=t._fill=t._paths=t._focus=null;let l=function(l){return Al(1*(3+2*(l||1)),3)}(fl(1,t.width)),e=t.points=Bl({},{size:l,width:fl(1,.2*l),stroke:t.stroke,space:2*l,paths:Nt,_stroke:null,_fill:null},t.points);e.show=bl(e.show),e.filter=bl(e.filter),e.fill=bl(e.fill),e.stroke=bl(e.stroke),e.paths=bl(e.paths),e.pxAlign=t.pxAlign}if(se){let i=function(t,n){if(0==n&&(xe||!ie.live||2==M))return Rl;let i=[],o=z("tr","u-series",de,de.childNodes[n]);S(o,t.class),t.show||S(o,l);let s=z("th",null,o);if(ue.show){let l=D("u-marker",s);if(n>0){let e=ue.width(k,n);e&&(l.style.border=e+"px "+ue.dash(k,n)+" "+ue.stroke(k,n)),l.style.background=ue.fill(k,n)}}let r=D(e,s);for(var u in t.label instanceof HTMLElement?r.appendChild(t.label):r.textContent=t.label,n>0&&(ue.show||(r.style.color=t.width>0?ue.stroke(k,n):ue.fill(k,n)),Ce("click",s,(l=>{if(oe._lock)return;Mt(l);let e=pl.indexOf(t);if((l.ctrlKey||l.metaKey)!=ie.isolate){let l=pl.some(((l,t)=>t>0&&t!=e&&l.show));pl.forEach(((t,n)=>{n>0&&oi(n,l?n==e?be:ve:be,!0,Fi.setSeries)}))}else oi(e,{show:!t.show},!0,Fi.setSeries)}),!1),Et&&Ce(d,s,(l=>{oe._lock||(Mt(l),oi(pl.indexOf(t),ai,!0,Fi.setSeries))}),!1)),pe){let l=z("td","u-value",o);l.textContent="--",i.push(l)}return[o,i]}(t,n);me.splice(n,0,i[0]),ge.splice(n,0,i[1]),ie.values.push(null)}if(re){te.splice(n,0,null);let l=null;zt?0==n&&(l=Wt(t,n)):n>0&&(l=Wt(t,n)),Dt.splice(n,0,l),Pt.splice(n,0,0),At.splice(n,0,0)}Ci("addSeries",n)}k.addSeries=function(l,e){e=null==e?pl.length:e,l=1==M?Ut(l,e,Ve,ut):Ut(l,e,{},rt),pl.splice(e,0,l),Yt(pl[e],e)},k.delSeries=function(l){if(pl.splice(l,1),se){ie.values.splice(l,1),ge.splice(l,1);let e=me.splice(l,1)[0];He(null,e.firstChild),e.remove()}re&&(te.splice(l,1),Dt.splice(l,1)[0].remove(),Pt.splice(l,1),At.splice(l,1)),Ci("delSeries",l)};const Ct=[!1,!1,!1,!1];function Ht(l,e,t){let[n,i,o,s]=t,r=e%2,u=0;return 0==r&&(s||i)&&(u=0==e&&!n||2==e&&!o?rl(Ue.size/3):0),1==r&&(n||o)&&(u=1==e&&!i||3==e&&!s?rl(it.size/2):0),u}const Ft=k.padding=(u.padding||[Ht,Ht,Ht,Ht]).map((l=>bl(Q(l,Ht)))),Rt=k._padding=Ft.map(((l,e)=>l(k,e,Ct,0)));let Gt,Lt=null,en=null;const tn=1==M?pl[0].idxs:null;let nn,on,sn,rn,un,an,fn,cn,hn,dn,pn=null,mn=!1;function gn(l,e){if(k.data=k._data=g=null==l?[]:l,2==M){Gt=0;for(let l=1;pl.length>l;l++)Gt+=g[l][0].length}else{0==g.length&&(k.data=k._data=g=[[]]),pn=g[0],Gt=pn.length;let l=g;if(2==Ul){l=g.slice();let e=l[0]=Array(Gt);for(let l=0;Gt>l;l++)e[l]=l}k._data=g=l}if(An(!0),Ci("setData"),2==Ul&&(mt=!0),!1!==e){let l=jl;l.auto(k,mn)?xn():ii(El,l.min,l.max),xt=xt||oe.left>=0,_t=!0,Jn()}}function xn(){let l,e;mn=!0,1==M&&(Gt>0?(Lt=tn[0]=0,en=tn[1]=Gt-1,l=g[0][Lt],e=g[0][en],2==Ul?(l=Lt,e=en):l==e&&(3==Ul?[l,e]=B(l,l,jl.log,!1):4==Ul?[l,e]=$(l,l,jl.log,!1):jl.time?e=l+rl(86400/hl):[l,e]=Z(l,e,J,!0))):(Lt=tn[0]=l=null,en=tn[1]=e=null)),ii(El,l,e)}function wn(l,e,t,n,i,o){l??=a,t??=Fl,n??="butt",i??=a,o??="round",l!=nn&&(K.strokeStyle=nn=l),i!=on&&(K.fillStyle=on=i),e!=sn&&(K.lineWidth=sn=e),o!=un&&(K.lineJoin=un=o),n!=an&&(K.lineCap=an=n),t!=rn&&K.setLineDash(rn=t)}function _n(l,e,t,n){e!=on&&(K.fillStyle=on=e),l!=fn&&(K.font=fn=l),t!=cn&&(K.textAlign=cn=t),n!=hn&&(K.textBaseline=hn=n)}function bn(l,e,t,n,i=0){if(n.length>0&&l.auto(k,mn)&&(null==e||null==e.min)){let e=Q(Lt,0),o=Q(en,n.length-1),s=null==t.min?function(l,e,t,n=0,i=!1){let o=i?V:U,s=i?j:N;[e,t]=o(l,e,t);let r=l[e],u=l[e];if(e>-1)if(1==n)r=l[e],u=l[t];else if(-1==n)r=l[t],u=l[e];else for(let n=e;t>=n;n++){let e=l[n];s(e)&&(r>e?r=e:e>u&&(u=e))}return[r??gl,u??-gl]}(n,e,o,i,3==l.distr):[t.min,t.max];l.min=al(l.min,t.min=s[0]),l.max=fl(l.max,t.max=s[1])}}k.setData=gn;const vn={min:null,max:null};function kn(l,e){let t=e?pl[l].points:pl[l];t._stroke=t.stroke(k,l),t._fill=t.fill(k,l)}function yn(l,e){let t=e?pl[l].points:pl[l],{stroke:n,fill:i,clip:o,flags:s,_stroke:r=t._stroke,_fill:u=t._fill,_width:a=t.width}=t._paths;a=Al(a*y,3);let f=null,c=a%2/2;e&&null==u&&(u=a>0?"#fff":r);let h=1==t.pxAlign&&c>0;if(h&&K.translate(c,c),!e){let l=Qe-a/2,e=lt-a/2,t=ot+a,n=st+a;f=new Path2D,f.rect(l,e,t,n)}e?Sn(r,a,t.dash,t.cap,u,n,i,s,o):function(l,e,t,n,i,o,s,r,u,a,f){let c=!1;0!=u&&Tl.forEach(((h,d)=>{if(h.series[0]==l){let l,p=pl[h.series[1]],m=g[h.series[1]],x=(p._paths||Hl).band;Gl(x)&&(x=1==h.dir?x[0]:x[1]);let w=null;p.show&&x&&function(l,e,t){for(e=Q(e,0),t=Q(t,l.length-1);t>=e;){if(null!=l[e])return!0;e++}return!1}(m,Lt,en)?(w=h.fill(k,d)||o,l=p._paths.clip):x=null,Sn(e,t,n,i,w,s,r,u,a,f,l,x),c=!0}})),c||Sn(e,t,n,i,o,s,r,u,a,f)}(l,r,a,t.dash,t.cap,u,n,i,s,f,o),h&&K.translate(-c,-c)}const Mn=3;function Sn(l,e,t,n,i,o,s,r,u,a,f,c){wn(l,e,t,n,i),(u||a||c)&&(K.save(),u&&K.clip(u),a&&K.clip(a)),c?(r&Mn)==Mn?(K.clip(c),f&&K.clip(f),En(i,s),Tn(l,o,e)):2&r?(En(i,s),K.clip(c),Tn(l,o,e)):1&r&&(K.save(),K.clip(c),f&&K.clip(f),En(i,s),K.restore(),Tn(l,o,e)):(En(i,s),Tn(l,o,e)),(u||a||c)&&K.restore()}function Tn(l,e,t){t>0&&(e instanceof Map?e.forEach(((l,e)=>{K.strokeStyle=nn=e,K.stroke(l)})):null!=e&&l&&K.stroke(e))}function En(l,e){e instanceof Map?e.forEach(((l,e)=>{K.fillStyle=on=e,K.fill(l)})):null!=e&&l&&K.fill(e)}function zn(l,e,t,n,i,o,s,r,u,a){let f=s%2/2;1==tl&&K.translate(f,f),wn(r,s,u,a,r),K.beginPath();let c,h,d,p,m=i+(0==n||3==n?-o:o);0==t?(h=i,p=m):(c=i,d=m);for(let n=0;l.length>n;n++)null!=e[n]&&(0==t?c=d=l[n]:h=p=l[n],K.moveTo(c,h),K.lineTo(d,p));K.stroke(),1==tl&&K.translate(-f,-f)}function Dn(l){let e=!0;return xl.forEach(((t,n)=>{if(!t.show)return;let i=vl[t.scale];if(null==i.min)return void(t._show&&(e=!1,t._show=!1,An(!1)));t._show||(e=!1,t._show=!0,An(!1));let o=t.side,s=o%2,{min:r,max:u}=i,[a,f]=function(l,e,t,n){let i,o=xl[l];if(n>0){let s=o._space=o.space(k,l,e,t,n);i=Zt(e,t,o._incrs=o.incrs(k,l,e,t,n,s),n,s)}else i=[0,0];return o._found=i}(n,r,u,0==s?Ie:Le);if(0==f)return;let c=t._splits=t.splits(k,n,r,u,a,f,2==i.distr),h=2==i.distr?c.map((l=>pn[l])):c,d=2==i.distr?pn[c[1]]-pn[c[0]]:a,p=t._values=t.values(k,t.filter(k,h,n,f,d),n,f,d);t._rotate=2==o?t.rotate(k,p,n,f):0;let m=t._size;t._size=ul(t.size(k,p,n,l)),null!=m&&t._size!=m&&(e=!1)})),e}function Pn(l){let e=!0;return Ft.forEach(((t,n)=>{let i=t(k,n,Ct,l);i!=Rt[n]&&(e=!1),Rt[n]=i})),e}function An(l){pl.forEach(((e,t)=>{t>0&&(e._paths=null,l&&(1==M?(e.min=null,e.max=null):e.facets.forEach((l=>{l.min=null,l.max=null}))))}))}let Wn,Yn,Cn,Hn,Fn,Rn,Gn,In,Ln,On,Nn,jn,Un=!1,Vn=!1,Bn=[];function $n(){Vn=!1;for(let l=0;Bn.length>l;l++)Ci(...Bn[l]);Bn.length=0}function Jn(){Un||(Jl(qn),Un=!0)}function qn(){if(ht&&(function(){for(let l in vl){let e=vl[l];null==Kl[l]&&(null==e.min||null!=Kl[El]&&e.auto(k,mn))&&(Kl[l]=vn)}for(let l in vl){let e=vl[l];null==Kl[l]&&null!=e.from&&null!=Kl[e.from]&&(Kl[l]=vn)}null!=Kl[El]&&An(!0);let l={};for(let e in Kl){let t=Kl[e];if(null!=t){let n=l[e]=Vl(vl[e],Nl);if(null!=t.min)Bl(n,t);else if(e!=El||2==M)if(0==Gt&&null==n.from){let l=n.range(k,null,null,e);n.min=l[0],n.max=l[1]}else n.min=gl,n.max=-gl}}if(Gt>0){pl.forEach(((e,t)=>{if(1==M){let n=e.scale,i=Kl[n];if(null==i)return;let o=l[n];if(0==t){let l=o.range(k,o.min,o.max,n);o.min=l[0],o.max=l[1],Lt=L(o.min,g[0]),en=L(o.max,g[0]),en-Lt>1&&(o.min>g[0][Lt]&&Lt++,g[0][en]>o.max&&en--),e.min=pn[Lt],e.max=pn[en]}else e.show&&e.auto&&bn(o,i,e,g[t],e.sorted);e.idxs[0]=Lt,e.idxs[1]=en}else if(t>0&&e.show&&e.auto){let[n,i]=e.facets,o=n.scale,s=i.scale,[r,u]=g[t],a=l[o],f=l[s];null!=a&&bn(a,Kl[o],n,r,n.sorted),null!=f&&bn(f,Kl[s],i,u,i.sorted),e.min=i.min,e.max=i.max}}));for(let e in l){let t=l[e],n=Kl[e];if(null==t.from&&(null==n||null==n.min)){let l=t.range(k,t.min==gl?null:t.min,t.max==-gl?null:t.max,e);t.min=l[0],t.max=l[1]}}}for(let e in l){let t=l[e];if(null!=t.from){let n=l[t.from];if(null==n.min)t.min=t.max=null;else{let l=t.range(k,n.min,n.max,e);t.min=l[0],t.max=l[1]}}}let e={},t=!1;for(let n in l){let i=l[n],o=vl[n];if(o.min!=i.min||o.max!=i.max){o.min=i.min,o.max=i.max;let l=o.distr;o._min=3==l?dl(o.min):4==l?ml(o.min,o.asinh):100==l?o.fwd(o.min):o.min,o._max=3==l?dl(o.max):4==l?ml(o.max,o.asinh):100==l?o.fwd(o.max):o.max,e[n]=t=!0}}if(t){pl.forEach(((l,t)=>{2==M?t>0&&e.y&&(l._paths=null):e[l.scale]&&(l._paths=null)}));for(let l in e)mt=!0,Ci("setScale",l);re&&oe.left>=0&&(xt=_t=!0)}for(let l in Kl)Kl[l]=null}(),ht=!1),mt&&(function(){let l=!1,e=0;for(;!l;){e++;let t=Dn(e),n=Pn(e);l=e==yt||t&&n,l||(kt(k.width,k.height),pt=!0)}}(),mt=!1),pt){if(E(ll,s,Oe),E(ll,i,Ne),E(ll,t,Ie),E(ll,n,Le),E(el,s,Oe),E(el,i,Ne),E(el,t,Ie),E(el,n,Le),E(X,t,Fe),E(X,n,Ge),O.width=rl(Fe*y),O.height=rl(Ge*y),xl.forEach((({_el:e,_show:t,_size:n,_pos:i,side:o})=>{if(null!=e)if(t){let t=o%2==1;E(e,t?"left":"top",i-(3===o||0===o?n:0)),E(e,t?"width":"height",n),E(e,t?"top":"left",t?Ne:Oe),E(e,t?"height":"width",t?Le:Ie),T(e,l)}else S(e,l)})),nn=on=sn=un=an=fn=cn=hn=rn=null,dn=1,_i(!0),Oe!=je||Ne!=Ke||Ie!=Xe||Le!=Ze){An(!1);let l=Ie/Xe,e=Le/Ze;if(re&&!xt&&oe.left>=0){oe.left*=l,oe.top*=e,Cn&&A(Cn,rl(oe.left),0,Ie,Le),Hn&&A(Hn,0,rl(oe.top),Ie,Le);for(let t=0;Dt.length>t;t++){let n=Dt[t];null!=n&&(Pt[t]*=l,At[t]*=e,A(n,ul(Pt[t]),ul(At[t]),Ie,Le))}}if(ei.show&&!wt&&ei.left>=0&&ei.width>0){ei.left*=l,ei.width*=l,ei.top*=e,ei.height*=e;for(let l in ki)E(ti,l,ei[l])}je=Oe,Ke=Ne,Xe=Ie,Ze=Le}Ci("setSize"),pt=!1}Fe>0&&Ge>0&&(K.clearRect(0,0,O.width,O.height),Ci("drawClear"),Pl.forEach((l=>l())),Ci("draw")),ei.show&&wt&&(ni(ei),wt=!1),re&&xt&&(xi(null,!0,!1),xt=!1),ie.show&&ie.live&&_t&&(mi(),_t=!1),F||(F=!0,k.status=1,Ci("ready")),mn=!1,Un=!1}function Kn(l,e){let t=vl[l];if(null==t.from){if(0==Gt){let n=t.range(k,e.min,e.max,l);e.min=n[0],e.max=n[1]}if(e.min>e.max){let l=e.min;e.min=e.max,e.max=l}if(Gt>1&&null!=e.min&&null!=e.max&&1e-16>e.max-e.min)return;l==El&&2==t.distr&&Gt>0&&(e.min=L(e.min,g[0]),e.max=L(e.max,g[0]),e.min==e.max&&e.max++),Kl[l]=e,ht=!0,Jn()}}k.batch=function(l,e=!1){Un=!0,Vn=e,l(k),qn(),e&&Bn.length>0&&queueMicrotask($n)},k.redraw=(l,e)=>{mt=e||!1,!1!==l?ii(El,jl.min,jl.max):Jn()},k.setScale=Kn;let Xn=!1;const Zn=oe.drag;let Qn=Zn.x,li=Zn.y;re&&(oe.x&&(Wn=D("u-cursor-x",el)),oe.y&&(Yn=D("u-cursor-y",el)),0==jl.ori?(Cn=Wn,Hn=Yn):(Cn=Yn,Hn=Wn),Nn=oe.left,jn=oe.top);const ei=k.select=Bl({show:!0,over:!0,left:0,width:0,top:0,height:0},u.select),ti=ei.show?D("u-select",ei.over?el:ll):null;function ni(l,e){if(ei.show){for(let e in l)ei[e]=l[e],e in ki&&E(ti,e,l[e]);!1!==e&&Ci("setSelect")}}function ii(l,e,t){Kn(l,{min:e,max:t})}function oi(e,t,n,i){null!=t.focus&&function(l){if(l!=ui){let e=null==l,t=1!=Tt.alpha;pl.forEach(((n,i)=>{if(1==M||i>0){let o=e||0==i||i==l;n._focus=e?null:o,t&&function(l,e){pl[l].alpha=e,re&&null!=Dt[l]&&(Dt[l].style.opacity=e),se&&me[l]&&(me[l].style.opacity=e)}(i,o?1:Tt.alpha)}})),ui=l,t&&Jn()}}(e),null!=t.show&&pl.forEach(((n,i)=>{0>=i||e!=i&&null!=e||(n.show=t.show,function(e){if(pl[e].show)se&&T(me[e],l);else if(se&&S(me[e],l),re){let l=zt?Dt[0]:Dt[e];null!=l&&A(l,-10,-10,Ie,Le)}}(i),2==M?(ii(n.facets[0].scale,null,null),ii(n.facets[1].scale,null,null)):ii(n.scale,null,null),Jn())})),!1!==n&&Ci("setSeries",e,t),i&&Ii("setSeries",k,e,t)}let si,ri,ui;k.setSelect=ni,k.setSeries=oi,k.addBand=function(l,e){l.fill=bl(l.fill||null),l.dir=Q(l.dir,-1),Tl.splice(e=null==e?Tl.length:e,0,l)},k.setBand=function(l,e){Bl(Tl[l],e)},k.delBand=function(l){null==l?Tl.length=0:Tl.splice(l,1)};const ai={focus:!0};function fi(l,e,t){let n=vl[e];t&&(l=l/y-(1==n.ori?Ne:Oe));let i=Ie;1==n.ori&&(i=Le,l=i-l),-1==n.dir&&(l=i-l);let o=n._min,s=o+l/i*(n._max-o),r=n.distr;return 3==r?cl(10,s):4==r?((l,e=1)=>nl.sinh(l)*e)(s,n.asinh):100==r?n.bwd(s):s}function ci(l,e){E(ti,s,ei.left=l),E(ti,t,ei.width=e)}function hi(l,e){E(ti,i,ei.top=l),E(ti,n,ei.height=e)}se&&Et&&Ce(p,ce,(l=>{oe._lock||(Mt(l),null!=ui&&oi(null,ai,!0,Fi.setSeries))})),k.valToIdx=l=>L(l,g[0]),k.posToIdx=function(l,e){return L(fi(l,El,e),g[0],Lt,en)},k.posToVal=fi,k.valToPos=(l,e,t)=>0==vl[e].ori?P(l,vl[e],t?ot:Ie,t?Qe:0):W(l,vl[e],t?st:Le,t?lt:0),k.setCursor=(l,e,t)=>{Nn=l.left,jn=l.top,xi(null,e,t)};let di=0==jl.ori?ci:hi,pi=1==jl.ori?ci:hi;function mi(l,e){if(null!=l&&(l.idxs?l.idxs.forEach(((l,e)=>{te[e]=l})):(l=>void 0===l)(l.idx)||te.fill(l.idx),ie.idx=te[0]),se&&ie.live){for(let l=0;pl.length>l;l++)(l>0||1==M&&!xe)&&gi(l,te[l]);!function(){if(se&&ie.live)for(let l=2==M?1:0;pl.length>l;l++){if(0==l&&xe)continue;let e=ie.values[l],t=0;for(let n in e)ge[l][t++].firstChild.nodeValue=e[n]}}()}_t=!1,!1!==e&&Ci("setLegend")}function gi(l,e){let t,n=pl[l],i=0==l&&2==Ul?pn:g[l];xe?t=n.values(k,l,e)??we:(t=n.value(k,null==e?null:i[e],l,e),t=null==t?we:{_:t}),ie.values[l]=t}function xi(l,e,t){let n;Ln=Nn,On=jn,[Nn,jn]=oe.move(k,Nn,jn),oe.left=Nn,oe.top=jn,re&&(Cn&&A(Cn,rl(Nn),0,Ie,Le),Hn&&A(Hn,0,rl(jn),Ie,Le)),si=gl,ri=null;let i=0==jl.ori?Ie:Le,o=1==jl.ori?Ie:Le;if(0>Nn||0==Gt||Lt>en){n=oe.idx=null;for(let l=0;pl.length>l;l++){let e=Dt[l];null!=e&&A(e,-10,-10,Ie,Le)}Et&&oi(null,ai,!0,null==l&&Fi.setSeries),ie.live&&(te.fill(n),_t=!0)}else{let l,e,t;1==M&&(l=0==jl.ori?Nn:jn,e=fi(l,El),n=oe.idx=L(e,g[0],Lt,en),t=$l(g[0][n],jl,i,0));let s=-10,r=-10,u=0,a=0,f=!0,c="",h="";for(let l=2==M?1:0;pl.length>l;l++){let d=pl[l],p=te[l],m=null==p?null:1==M?g[l][p]:g[l][1][p],x=oe.dataIdx(k,l,n,e),w=null==x?null:1==M?g[l][x]:g[l][1][x];if(_t=_t||w!=m||x!=p,te[l]=x,l>0&&d.show){let e=null==x?-10:x==n?t:$l(1==M?g[0][x]:g[l][0][x],jl,i,0),p=null==w?-10:ql(w,1==M?vl[d.scale]:vl[d.facets[1].scale],o,0);if(Et&&null!=w){let e=1==jl.ori?Nn:jn,t=ol(Tt.dist(k,l,x,p,e));if(si>t){let n=Tt.bias;if(0!=n){let i=fi(e,d.scale),o=0>i?-1:1;o!=(0>w?-1:1)||(1==o?1==n?i>w:w>i:1==n?w>i:i>w)||(si=t,ri=l)}else si=t,ri=l}}if(_t||zt){let t,n;0==jl.ori?(t=e,n=p):(t=p,n=e);let i,o,d,m,g,x,w=!0,_=St.bbox;if(null!=_){w=!1;let e=_(k,l);d=e.left,m=e.top,i=e.width,o=e.height}else d=t,m=n,i=o=St.size(k,l);if(x=St.fill(k,l),g=St.stroke(k,l),zt)l!=ri||si>Tt.prox||(s=d,r=m,u=i,a=o,f=w,c=x,h=g);else{let e=Dt[l];null!=e&&(Pt[l]=d,At[l]=m,H(e,i,o,w),Y(e,x,g),A(e,ul(d),ul(m),Ie,Le))}}}}if(zt){let l=Tt.prox;if(_t||(null==ui?l>=si:si>l||ri!=ui)){let l=Dt[0];null!=l&&(Pt[0]=s,At[0]=r,H(l,u,a,f),Y(l,c,h),A(l,ul(s),ul(r),Ie,Le))}}}if(ei.show&&Xn)if(null!=l){let[e,t]=Fi.scales,[n,s]=Fi.match,[r,u]=l.cursor.sync.scales,a=l.cursor.drag;if(Qn=a._x,li=a._y,Qn||li){let a,f,c,h,d,{left:p,top:m,width:g,height:x}=l.select,w=l.scales[r].ori,_=l.posToVal,b=null!=e&&n(e,r),v=null!=t&&s(t,u);b&&Qn?(0==w?(a=p,f=g):(a=m,f=x),c=vl[e],h=$l(_(a,r),c,i,0),d=$l(_(a+f,r),c,i,0),di(al(h,d),ol(d-h))):di(0,i),v&&li?(1==w?(a=p,f=g):(a=m,f=x),c=vl[t],h=ql(_(a,u),c,o,0),d=ql(_(a+f,u),c,o,0),pi(al(h,d),ol(d-h))):pi(0,o)}else yi()}else{let l=ol(Ln-Fn),e=ol(On-Rn);if(1==jl.ori){let t=l;l=e,e=t}Qn=Zn.x&&l>=Zn.dist,li=Zn.y&&e>=Zn.dist;let t,n,s=Zn.uni;null!=s?Qn&&li&&(Qn=l>=s,li=e>=s,Qn||li||(e>l?li=!0:Qn=!0)):Zn.x&&Zn.y&&(Qn||li)&&(Qn=li=!0),Qn&&(0==jl.ori?(t=Gn,n=Nn):(t=In,n=jn),di(al(t,n),ol(n-t)),li||pi(0,o)),li&&(1==jl.ori?(t=Gn,n=Nn):(t=In,n=jn),pi(al(t,n),ol(n-t)),Qn||di(0,i)),Qn||li||(di(0,0),pi(0,0))}if(Zn._x=Qn,Zn._y=li,null==l){if(t){if(null!=Ri){let[l,e]=Fi.scales;Fi.values[0]=null!=l?fi(0==jl.ori?Nn:jn,l):null,Fi.values[1]=null!=e?fi(1==jl.ori?Nn:jn,e):null}Ii(f,k,Nn,jn,Ie,Le,n)}if(Et){let l=t&&Fi.setSeries,e=Tt.prox;null==ui?si>e||oi(ri,ai,!0,l):si>e?oi(null,ai,!0,l):ri!=ui&&oi(ri,ai,!0,l)}}_t&&(ie.idx=n,mi()),!1!==e&&Ci("setCursor")}k.setLegend=mi;let wi=null;function _i(l=!1){l?wi=null:(wi=el.getBoundingClientRect(),Ci("syncRect",wi))}function bi(l,e,t,n,i,o){oe._lock||Xn&&null!=l&&0==l.movementX&&0==l.movementY||(vi(l,e,t,n,i,o,0,!1,null!=l),null!=l?xi(null,!0,!0):xi(e,!0,!1))}function vi(l,e,t,n,i,o,s,r,u){if(null==wi&&_i(!1),Mt(l),null!=l)t=l.clientX-wi.left,n=l.clientY-wi.top;else{if(0>t||0>n)return Nn=-10,void(jn=-10);let[l,s]=Fi.scales,r=e.cursor.sync,[u,a]=r.values,[f,c]=r.scales,[h,d]=Fi.match,p=e.axes[0].side%2==1,m=0==jl.ori?Ie:Le,g=1==jl.ori?Ie:Le,x=p?o:i,w=p?i:o,_=p?n:t,b=p?t:n;if(t=null!=f?h(l,f)?C(u,vl[l],m,0):-10:m*(_/x),n=null!=c?d(s,c)?C(a,vl[s],g,0):-10:g*(b/w),1==jl.ori){let l=t;t=n,n=l}}!u||null!=e&&e.cursor.event.type!=f||(t>1&&Ie-1>t||(t=zl(t,Ie)),n>1&&Le-1>n||(n=zl(n,Le))),r?(Fn=t,Rn=n,[Gn,In]=oe.move(k,t,n)):(Nn=t,jn=n)}Object.defineProperty(k,"rect",{get:()=>(null==wi&&_i(!1),wi)});const ki={width:0,height:0,left:0,top:0};function yi(){ni(ki,!1)}let Mi,Si,Ti,Ei;function zi(l,e,t,n,i,o){Xn=!0,Qn=li=Zn._x=Zn._y=!1,vi(l,e,t,n,i,o,0,!0,!1),null!=l&&(Ce(h,b,Di,!1),Ii(c,k,Gn,In,Ie,Le,null));let{left:s,top:r,width:u,height:a}=ei;Mi=s,Si=r,Ti=u,Ei=a}function Di(l,e,t,n,i,o){Xn=Zn._x=Zn._y=!1,vi(l,e,t,n,i,o,0,!1,!0);let{left:s,top:r,width:u,height:a}=ei,f=u>0||a>0,c=Mi!=s||Si!=r||Ti!=u||Ei!=a;if(f&&c&&ni(ei),Zn.setScale&&f&&c){let l=s,e=u,t=r,n=a;if(1==jl.ori&&(l=r,e=a,t=s,n=u),Qn&&ii(El,fi(l,El),fi(l+e,El)),li)for(let l in vl){let e=vl[l];l!=El&&null==e.from&&e.min!=gl&&ii(l,fi(t+n,l),fi(t,l))}yi()}else oe.lock&&(oe._lock=!oe._lock,xi(e,!0,null!=l));null!=l&&(He(h,b),Ii(h,k,Nn,jn,Ie,Le,null))}function Pi(l){oe._lock||(Mt(l),xn(),yi(),null!=l&&Ii(m,k,Nn,jn,Ie,Le,null))}function Ai(){xl.forEach(ln),vt(k.width,k.height,!0)}G(x,v,Ai);const Wi={};Wi.mousedown=zi,Wi.mousemove=bi,Wi.mouseup=Di,Wi.dblclick=Pi,Wi.setSeries=(l,e,t,n)=>{-1!=(t=(0,Fi.match[2])(k,e,t))&&oi(t,n,!0,!1)},re&&(Ce(c,el,zi),Ce(f,el,bi),Ce(d,el,(l=>{Mt(l),_i(!1)})),Ce(p,el,(function(l){if(oe._lock)return;Mt(l);let e=Xn;if(Xn){let l,e,t=!0,n=!0,i=10;0==jl.ori?(l=Qn,e=li):(l=li,e=Qn),l&&e&&(t=i>=Nn||Nn>=Ie-i,n=i>=jn||jn>=Le-i),l&&t&&(Nn=Gn>Nn?0:Ie),e&&n&&(jn=In>jn?0:Le),xi(null,!0,!0),Xn=!1}Nn=-10,jn=-10,te.fill(null),xi(null,!0,!0),e&&(Xn=e)})),Ce(m,el,Pi),It.add(k),k.syncRect=_i);const Yi=k.hooks=u.hooks||{};function Ci(l,e,t){Vn?Bn.push([l,e,t]):l in Yi&&Yi[l].forEach((l=>{l.call(null,k,e,t)}))}(u.plugins||[]).forEach((l=>{for(let e in l.hooks)Yi[e]=(Yi[e]||[]).concat(l.hooks[e])}));const Hi=(l,e,t)=>t,Fi=Bl({key:null,setSeries:!1,filters:{pub:Ml,sub:Ml},scales:[El,pl[1]?pl[1].scale:null],match:[Sl,Sl,Hi],values:[null,null]},oe.sync);2==Fi.match.length&&Fi.match.push(Hi),oe.sync=Fi;const Ri=Fi.key,Gi=dt(Ri);function Ii(l,e,t,n,i,o,s){Fi.filters.pub(l,e,t,n,i,o,s)&&Gi.pub(l,e,t,n,i,o,s)}function Li(){Ci("init",u,g),gn(g||u.data,!1),Kl[El]?Kn(El,Kl[El]):xn(),wt=ei.show&&(ei.width>0||ei.height>0),xt=_t=!0,vt(u.width,u.height)}return Gi.sub(k),k.pub=function(l,e,t,n,i,o,s){Fi.filters.sub(l,e,t,n,i,o,s)&&Wi[l](null,e,t,n,i,o,s)},k.destroy=function(){Gi.unsub(k),It.delete(k),Pe.clear(),I(x,v,Ai),R.remove(),ce?.remove(),Ci("destroy")},pl.forEach(Yt),xl.forEach((function(l,e){if(l._show=l.show,l.show){let t=vl[l.scale];null==t&&(l.scale=l.side%2?pl[1].scale:El,t=vl[l.scale]);let n=t.time;l.size=bl(l.size),l.space=bl(l.space),l.rotate=bl(l.rotate),Gl(l.incrs)&&l.incrs.forEach((l=>{!Wl.has(l)&&Wl.set(l,Yl(l))})),l.incrs=bl(l.incrs||(2==t.distr?ae:n?1==hl?ke:Se:fe)),l.splits=bl(l.splits||(n&&1==t.distr?Ql:3==t.distr?Je:4==t.distr?qe:$e)),l.stroke=bl(l.stroke),l.grid.stroke=bl(l.grid.stroke),l.ticks.stroke=bl(l.ticks.stroke),l.border.stroke=bl(l.border.stroke);let i=l.values;l.values=Gl(i)&&!Gl(i[0])?bl(i):n?Gl(i)?De(Xl,ze(i,Zl)):Ll(i)?function(l,e){let t=ne(e);return(e,n)=>n.map((e=>t(l(e))))}(Xl,i):i||le:i||Be,l.filter=bl(l.filter||(3>t.distr||10!=t.log?3==t.distr&&2==t.log?tt:kl:et)),l.font=Qt(l.font),l.labelFont=Qt(l.labelFont),l._size=l.size(k,null,e,0),l._space=l._rotate=l._incrs=l._found=l._splits=l._values=null,l._size>0&&(Ct[e]=!0,l._el=D("u-axis",X))}})),_?_ instanceof HTMLElement?(_.appendChild(R),Li()):_(k,Li):Li(),k}en.assign=Bl,en.fmtNum=tl,en.rangeNum=Z,en.rangeLog=B,en.rangeAsinh=$,en.orient=pt,en.pxRatio=y,en.join=function(l,e){if(function(l){let e=l[0][0],t=e.length;for(let n=1;l.length>n;n++){let i=l[n][0];if(i.length!=t)return!1;if(i!=e)for(let l=0;t>l;l++)if(i[l]!=e[l])return!1}return!0}(l)){let e=l[0].slice();for(let t=1;l.length>t;t++)e.push(...l[t].slice(1));return function(l,e=100){const t=l.length;if(1>=t)return!0;let n=0,i=t-1;for(;i>=n&&null==l[n];)n++;for(;i>=n&&null==l[i];)i--;if(n>=i)return!0;const o=fl(1,sl((i-n+1)/e));for(let e=l[n],t=n+o;i>=t;t+=o){const n=l[t];if(null!=n){if(e>=n)return!1;e=n}}return!0}(e[0])||(e=function(l){let e=l[0],t=e.length,n=Array(t);for(let l=0;n.length>l;l++)n[l]=l;n.sort(((l,t)=>e[l]-e[t]));let i=[];for(let e=0;l.length>e;e++){let o=l[e],s=Array(t);for(let l=0;t>l;l++)s[l]=o[n[l]];i.push(s)}return i}(e)),e}let t=new Set;for(let e=0;l.length>e;e++){let n=l[e][0],i=n.length;for(let l=0;i>l;l++)t.add(n[l])}let n=[Array.from(t).sort(((l,e)=>l-e))],i=n[0].length,o=new Map;for(let l=0;i>l;l++)o.set(n[0][l],l);for(let t=0;l.length>t;t++){let s=l[t],r=s[0];for(let l=1;s.length>l;l++){let u=s[l],a=Array(i).fill(void 0),f=e?e[t][l]:1,c=[];for(let l=0;u.length>l;l++){let e=u[l],t=o.get(r[l]);null===e?0!=f&&(a[t]=e,2==f&&c.push(t)):a[t]=e}$l(a,c,i),n.push(a)}}return n},en.fmtDate=ne,en.tzDate=function(l,e){let t;return"UTC"==e||"Etc/UTC"==e?t=new Date(+l+6e4*l.getTimezoneOffset()):e==ie?t=l:(t=new Date(l.toLocaleString("en-US",{timeZone:e})),t.setMilliseconds(l.getMilliseconds())),t},en.sync=dt;{en.addGap=function(l,e,t){let n=l[l.length-1];n&&n[0]==e?n[1]=t:l.push([e,t])},en.clipGaps=wt;let l=en.paths={points:Wt};l.linear=Ft,l.stepped=function(l){const e=Q(l.align,1),t=Q(l.ascDesc,!1),n=Q(l.alignGaps,0),i=Q(l.extend,!1);return(l,o,s,r)=>pt(l,o,((u,a,f,c,h,d,p,m,g,x,w)=>{[s,r]=U(f,s,r);let _=u.pxRound,{left:b,width:v}=l.bbox,k=l=>_(d(l,c,x,m)),M=l=>_(p(l,h,w,g)),S=0==c.ori?Mt:St;const T={stroke:new Path2D,fill:null,clip:null,band:null,gaps:null,flags:1},E=T.stroke,z=c.dir*(0==c.ori?1:-1);let D=M(f[1==z?s:r]),P=k(a[1==z?s:r]),A=P,W=P;i&&-1==e&&(W=b,S(E,W,D)),S(E,P,D);for(let l=1==z?s:r;l>=s&&r>=l;l+=z){let t=f[l];if(null==t)continue;let n=k(a[l]),i=M(t);1==e?S(E,n,D):S(E,A,i),S(E,n,i),D=i,A=n}let Y=A;i&&1==e&&(Y=b+v,S(E,Y,D));let[C,H]=mt(l,o);if(null!=u.fill||0!=C){let e=T.fill=new Path2D(E),t=M(u.fillTo(l,o,u.min,u.max,C));S(e,Y,t),S(e,W,t)}if(!u.spanGaps){let i=[];i.push(..._t(a,f,s,r,z,k,n));let h=u.width*y/2,d=t||1==e?h:-h,p=t||-1==e?-h:h;i.forEach((l=>{l[0]+=d,l[1]+=p})),T.gaps=i=u.gaps(l,o,s,r,i),T.clip=wt(i,c.ori,m,g,x,w)}return 0!=H&&(T.band=2==H?[xt(l,o,s,r,E,-1),xt(l,o,s,r,E,1)]:xt(l,o,s,r,E,H)),T}))},l.bars=function(l){const e=Q((l=l||Hl).size,[.6,gl,1]),t=l.align||0,n=l.gap||0;let i=l.radius;i=null==i?[0,0]:"number"==typeof i?[i,0]:i;const o=bl(i),s=1-e[0],r=Q(e[1],gl),u=Q(e[2],1),a=Q(l.disp,Hl),f=Q(l.each,(()=>{})),{fill:c,stroke:h}=a;return(l,e,i,d)=>pt(l,e,((p,m,g,x,w,_,b,v,k,M,S)=>{let T,E,z=p.pxRound,D=t,P=n*y,A=r*y,W=u*y;0==x.ori?[T,E]=o(l,e):[E,T]=o(l,e);const Y=x.dir*(0==x.ori?1:-1);let C,H,F,R=0==x.ori?Tt:Et,G=0==x.ori?f:(l,e,t,n,i,o,s)=>{f(l,e,t,i,n,s,o)},I=Q(l.bands,Fl).find((l=>l.series[0]==e)),L=p.fillTo(l,e,p.min,p.max,null!=I?I.dir:0),O=z(b(L,w,S,k)),N=M,j=z(p.width*y),U=!1,V=null,B=null,$=null,J=null;null==c||0!=j&&null==h||(U=!0,V=c.values(l,e,i,d),B=new Map,new Set(V).forEach((l=>{null!=l&&B.set(l,new Path2D)})),j>0&&($=h.values(l,e,i,d),J=new Map,new Set($).forEach((l=>{null!=l&&J.set(l,new Path2D)}))));let{x0:q,size:K}=a;if(null!=q&&null!=K){D=1,m=q.values(l,e,i,d),2==q.unit&&(m=m.map((e=>l.posToVal(v+e*M,x.key,!0))));let t=K.values(l,e,i,d);H=2==K.unit?t[0]*M:_(t[0],x,M,v)-_(0,x,M,v),N=Rt(m,g,_,x,M,v,N),F=N-H+P}else N=Rt(m,g,_,x,M,v,N),F=N*s+P,H=N-F;1>F&&(F=0),H/2>j||(j=0),5>F&&(z=vl);let X=F>0;H=z(wl(N-F-(X?j:0),W,A)),C=(0==D?H/2:D==Y?0:H)-D*Y*((0==D?P/2:0)+(X?j/2:0));const Z={stroke:null,fill:null,clip:null,band:null,gaps:null,flags:0},ll=U?null:new Path2D;let el=null;if(null!=I)el=l.data[I.series[1]];else{let{y0:t,y1:n}=a;null!=t&&null!=n&&(g=n.values(l,e,i,d),el=t.values(l,e,i,d))}let tl=T*H,nl=E*H;for(let t=1==Y?i:d;t>=i&&d>=t;t+=Y){let n=g[t];if(null==n)continue;if(null!=el){let l=el[t]??0;if(n-l==0)continue;O=b(l,w,S,k)}let i=_(2!=x.distr||null!=a?m[t]:t,x,M,v),o=b(Q(n,L),w,S,k),s=z(i-C),r=z(fl(o,O)),u=z(al(o,O)),f=r-u;if(null!=n){let i=0>n?nl:tl,o=0>n?tl:nl;U?(j>0&&null!=$[t]&&R(J.get($[t]),s,u+sl(j/2),H,fl(0,f-j),i,o),null!=V[t]&&R(B.get(V[t]),s,u+sl(j/2),H,fl(0,f-j),i,o)):R(ll,s,u+sl(j/2),H,fl(0,f-j),i,o),G(l,e,t,s-j/2,u,H+j,f)}}return j>0?Z.stroke=U?J:ll:U||(Z._fill=0==p.width?p._fill:p._stroke??p._fill,Z.width=0),Z.fill=U?B:ll,Z}))},l.spline=function(l){return function(l,e){const t=Q(e?.alignGaps,0);return(e,n,i,o)=>pt(e,n,((s,r,u,a,f,c,h,d,p,m,g)=>{[i,o]=U(u,i,o);let x,w,_,b=s.pxRound,v=l=>b(c(l,a,m,d)),k=l=>b(h(l,f,g,p));0==a.ori?(x=kt,_=Mt,w=Pt):(x=yt,_=St,w=At);const y=a.dir*(0==a.ori?1:-1);let M=v(r[1==y?i:o]),S=M,T=[],E=[];for(let l=1==y?i:o;l>=i&&o>=l;l+=y)if(null!=u[l]){let e=v(r[l]);T.push(S=e),E.push(k(u[l]))}const z={stroke:l(T,E,x,_,w,b),fill:null,clip:null,band:null,gaps:null,flags:1},D=z.stroke;let[P,A]=mt(e,n);if(null!=s.fill||0!=P){let l=z.fill=new Path2D(D),t=k(s.fillTo(e,n,s.min,s.max,P));_(l,S,t),_(l,M,t)}if(!s.spanGaps){let l=[];l.push(..._t(r,u,i,o,y,v,t)),z.gaps=l=s.gaps(e,n,i,o,l),z.clip=wt(l,a.ori,d,p,m,g)}return 0!=A&&(z.band=2==A?[xt(e,n,i,o,D,-1),xt(e,n,i,o,D,1)]:xt(e,n,i,o,D,A)),z}))}(Gt,l)}}return en}();\n';

// node_modules/uplot/dist/uPlot.min.css
var uPlot_min_default = '.uplot, .uplot *, .uplot *::before, .uplot *::after {box-sizing: border-box;}.uplot {font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Noto Sans", sans-serif, "Apple Color Emoji", "Segoe UI Emoji", "Segoe UI Symbol", "Noto Color Emoji";line-height: 1.5;width: min-content;}.u-title {text-align: center;font-size: 18px;font-weight: bold;}.u-wrap {position: relative;user-select: none;}.u-over, .u-under {position: absolute;}.u-under {overflow: hidden;}.uplot canvas {display: block;position: relative;width: 100%;height: 100%;}.u-axis {position: absolute;}.u-legend {font-size: 14px;margin: auto;text-align: center;}.u-inline {display: block;}.u-inline * {display: inline-block;}.u-inline tr {margin-right: 16px;}.u-legend th {font-weight: 600;}.u-legend th > * {vertical-align: middle;display: inline-block;}.u-legend .u-marker {width: 1em;height: 1em;margin-right: 4px;background-clip: padding-box !important;}.u-inline.u-live th::after {content: ":";vertical-align: middle;}.u-inline:not(.u-live) .u-value {display: none;}.u-series > * {padding: 4px;}.u-series th {cursor: pointer;}.u-legend .u-off > * {opacity: 0.3;}.u-select {background: rgba(0,0,0,0.07);position: absolute;pointer-events: none;}.u-cursor-x, .u-cursor-y {position: absolute;left: 0;top: 0;pointer-events: none;will-change: transform;}.u-hz .u-cursor-x, .u-vt .u-cursor-y {height: 100%;border-right: 1px dashed #607D8B;}.u-hz .u-cursor-y, .u-vt .u-cursor-x {width: 100%;border-bottom: 1px dashed #607D8B;}.u-cursor-pt {position: absolute;top: 0;left: 0;border-radius: 50%;border: 0 solid;pointer-events: none;will-change: transform;/*this has to be !important since we set inline "background" shorthand */background-clip: padding-box !important;}.u-axis.u-off, .u-select.u-off, .u-cursor-x.u-off, .u-cursor-y.u-off, .u-cursor-pt.u-off {display: none;}';

// node_modules/uplot/LICENSE
var LICENSE_default = 'The MIT License (MIT)\n\nCopyright (c) 2022 Leon Sorokin\n\nPermission is hereby granted, free of charge, to any person obtaining a copy\nof this software and associated documentation files (the "Software"), to deal\nin the Software without restriction, including without limitation the rights\nto use, copy, modify, merge, publish, distribute, sublicense, and/or sell\ncopies of the Software, and to permit persons to whom the Software is\nfurnished to do so, subject to the following conditions:\n\nThe above copyright notice and this permission notice shall be included in\nall copies or substantial portions of the Software.\n\nTHE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR\nIMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,\nFITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE\nAUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER\nLIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,\nOUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN\nTHE SOFTWARE.';

// src/report/markup.ts
var Markup = class {
  text;
  constructor(text) {
    this.text = text;
  }
};
function markup(pieces, ...parts) {
  let text = pieces[0] ?? "";
  for (const [index, part] of parts.entries()) text += `${textOf(part)}${pieces[index + 1] ?? ""}`;
  return new Markup(text);
}
function wholeCommand(command2) {
  return new Markup(escapeHtmlCommand(command2));
}
function lines(outside, mostLines) {
  return new Markup(escapeHtmlLines(outside, mostLines));
}
var nothing = new Markup("");
function textOf(part) {
  if (part instanceof Markup) return part.text;
  if (typeof part === "string") return escapeHtml(part);
  if (typeof part === "number") return String(part);
  return part.map(({ text }) => text).join("");
}

// src/report/page/charts.js
var charts_default = "// Runs in the reader's browser: draws the charts of report.html with uPlot from the data in the page (src/report/timeline.ts).\n(() => {\n  const charts = [];\n  const places = [...document.querySelectorAll('.charts')];\n  /** The time that is looked at in the charts of one place; none while it is all of it. */\n  const zoomed = new Map();\n\n  const font = (size) => `${size}px system-ui, sans-serif`;\n  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();\n  const round = (value) => Number(value.toPrecision(3));\n  const milliseconds = (value) => (value < 1000 ? `${round(value)} ms` : `${round(value / 1000)} s`);\n  /** The legend's text for the point under the cursor. */\n  const shown = (format) => (_plot, value, _series, index) =>\n    index == null ? '' : value == null ? 'not measured' : format(value);\n\n  const kinds = {\n    latency: {\n      series: [\n        { label: 'p50', of: 'p50', stroke: '--series-1' },\n        { label: 'p99', of: 'p99', stroke: '--series-2' },\n      ],\n      // Logarithmic: latencies in a quiet second and in an outage differ by orders of magnitude.\n      scale: { distr: 3, range: (_, low, high) => decades(low, high) },\n      format: milliseconds,\n      ticks: (ticks) => ticks.map((tick) => (Number.isInteger(Math.log10(tick)) ? milliseconds(tick) : '')),\n      limit: ({ expected }) => expected.p99,\n      limitLabel: (limit) => `expected: p99 at most ${milliseconds(limit)}`,\n    },\n    throughput: {\n      series: [\n        { label: 'published', of: 'published', stroke: '--series-1' },\n        { label: 'delivered', of: 'delivered', stroke: '--series-3' },\n      ],\n      scale: { range: (_, __, high) => [0, Math.max(1, high * 1.1)] },\n      format: (value) => `${value}/s`,\n      limit: () => null,\n    },\n    availability: {\n      series: [{ label: 'availability', of: 'availability', stroke: '--series-4', fill: true }],\n      scale: { range: (_, low) => [[90, 50].find((bottom) => bottom < low) ?? 0, 100] },\n      format: (value) => `${value}%`,\n      limit: ({ expected }) => expected.availability,\n      limitLabel: (limit) => `expected: at least ${limit}%`,\n    },\n  };\n\n  function decades(low, high) {\n    if (low == null) return [1, 10];\n    const bottom = 10 ** Math.floor(Math.log10(low));\n    const top = 10 ** Math.ceil(Math.log10(high));\n    return [bottom, top > bottom ? top : bottom * 10];\n  }\n\n  /** A point is valid from its start to its end, so it is drawn as a horizontal line of two points, and as a gap if nothing was measured. */\n  function levels(timeline, names) {\n    const { from, to } = timeline;\n    const x = from.flatMap((start, index) => {\n      const next = from[index + 1] ?? Number.POSITIVE_INFINITY;\n      return [start, Math.max(start + 0.0005, Math.min(to[index], next - 0.0005))];\n    });\n    return [x, ...names.map((name) => timeline[name].flatMap((value) => [value, value]))];\n  }\n\n  /** One measure, whose lines go from one time at which it was asked to the next. */\n  function seriesKind({ lines }) {\n    return {\n      series: lines.map(({ line: label }, index) => ({\n        label,\n        stroke: `--series-${(index % 4) + 1}`,\n        // Ten nodes have more lines than there are colours.\n        dash: [undefined, [8, 4], [2, 3]][Math.floor(index / 4) % 3],\n      })),\n      scale: { range: (_, low, high) => [Math.min(0, low ?? 0), Math.max(high ?? 0, 1e-3) * 1.1] },\n      format: (value) => String(round(value)),\n      limit: () => null,\n    };\n  }\n\n  /** The times of the lines differ; where one has no value it goes on to its next one. All charts of a scenario span the same time. */\n  function joinedSeries({ lines }, timeline) {\n    const span = [spanOf(timeline), [null, null]];\n    return uPlot.join([span, ...lines.map(({ at, value }) => [at, value])]).filter((_, index) => index !== 1);\n  }\n\n  /** A place with a choice of measures, of which one is drawn at a time. */\n  function drawChoice(element, timeline, group) {\n    const select = element.parentElement.querySelector('select');\n    let drawn;\n    const show = () => {\n      const chosen = timeline.series[Number(select.value)];\n      const zoom = drawn && zoomed.get(group);\n      if (drawn) {\n        charts.splice(charts.indexOf(drawn), 1);\n        drawn.observer.disconnect();\n        drawn.chart.destroy();\n      }\n      drawn = drawChart(element, timeline, group, seriesKind(chosen), joinedSeries(chosen, timeline));\n      if (zoom) drawn.chart.setScale('x', zoom);\n    };\n    select.addEventListener('change', show);\n    show();\n  }\n\n  function draw(element, timeline, group) {\n    if (element.dataset.chart === 'series') return drawChoice(element, timeline, group);\n    const kind = kinds[element.dataset.chart];\n    const data = levels(\n      timeline,\n      kind.series.map(({ of }) => of),\n    );\n    drawChart(element, timeline, group, kind, data);\n  }\n\n  function drawChart(element, timeline, group, kind, data) {\n    const isFirst = element.dataset.chart === 'latency';\n    const faultRows = Math.min(3, timeline.bands.length);\n    const markRows = timeline.marks.length > 0 ? 1 : 0;\n    const top = isFirst ? 24 + 15 * (faultRows + markRows) : 10;\n    const height = 150 + top;\n    const axis = {\n      stroke: () => colour('--muted'),\n      grid: { stroke: () => colour('--grid'), width: 1 },\n      ticks: { stroke: () => colour('--grid'), width: 1, size: 4 },\n      font: font(11),\n    };\n    const chart = new uPlot(\n      {\n        width: element.clientWidth,\n        height,\n        padding: [top, 14, 0, 0],\n        scales: { x: { time: false }, y: kind.scale },\n        axes: [\n          { ...axis, size: 26, values: (_, ticks) => ticks.map((tick) => `${tick} s`) },\n          { ...axis, size: 62, values: (_, ticks) => (kind.ticks ?? ((all) => all.map(kind.format)))(ticks) },\n        ],\n        series: [\n          { label: 'at', value: shown((value) => `${value.toFixed(1)} s`) },\n          ...kind.series.map(({ label, stroke, fill, dash }) => ({\n            label,\n            dash,\n            stroke: () => colour(stroke),\n            ...(fill ? { fill: () => `${colour(stroke)}22` } : {}),\n            width: 2,\n            points: { show: false },\n            value: shown(kind.format),\n          })),\n        ],\n        cursor: { y: false, sync: { key: `timeline-${group}` } },\n        hooks: {\n          setScale: [(plot, name) => name === 'x' && follow(plot, timeline, group)],\n          drawClear: [(plot) => shade(plot, timeline)],\n          draw: [\n            (plot) => {\n              limit(plot, kind, timeline);\n              marks(plot, timeline);\n              if (isFirst) labels(plot, timeline, faultRows);\n            },\n          ],\n        },\n      },\n      data,\n      element,\n    );\n    const observer = new ResizeObserver(() => resize(chart, element, height));\n    observer.observe(element);\n    const drawn = { chart, element, height, group, observer };\n    charts.push(drawn);\n    return drawn;\n  }\n\n  function spanOf({ from, to }) {\n    return [from[0], to[to.length - 1]];\n  }\n\n  /** A zoom into one chart of a scenario is one into all of them, and chooses the lines of the logs. */\n  function follow(plot, timeline, group) {\n    const { min, max } = plot.scales.x;\n    plot.root.parentElement.dataset.shows = `${min.toFixed(1)} s to ${max.toFixed(1)} s`;\n    const [first, last] = spanOf(timeline);\n    const isWhole = min <= first && max >= last;\n    const before = zoomed.get(group);\n    if (isWhole ? !before : before && before.min === min && before.max === max) return;\n    if (isWhole) zoomed.delete(group);\n    else zoomed.set(group, { min, max });\n    for (const { chart, group: other } of charts)\n      if (other === group && chart !== plot) chart.setScale('x', { min, max });\n    choose(places[group].querySelector('.logs'), isWhole ? undefined : { min, max });\n  }\n\n  function choose(logs, zoom) {\n    if (!logs) return;\n    const all = [...logs.querySelectorAll('li')];\n    for (const line of all) {\n      const at = Number(line.dataset.at);\n      line.hidden = zoom !== undefined && (at < zoom.min || at > zoom.max);\n    }\n    const shown = all.filter(({ hidden }) => !hidden).length;\n    logs.querySelector('[role=status]').textContent =\n      zoom === undefined ? '' : `; ${shown} from ${zoom.min.toFixed(1)} s to ${zoom.max.toFixed(1)} s`;\n  }\n\n  function resize(chart, element, height) {\n    const width = element.clientWidth;\n    if (width > 0 && width !== chart.width) chart.setSize({ width, height });\n  }\n\n  /** Draws in CSS pixels within the plot, or anywhere above it. */\n  function within(plot, paint) {\n    const { ctx, bbox } = plot;\n    const ratio = uPlot.pxRatio;\n    ctx.save();\n    ctx.beginPath();\n    ctx.rect(bbox.left, 0, bbox.width, bbox.top + bbox.height);\n    ctx.clip();\n    ctx.scale(ratio, ratio);\n    const box = {\n      left: bbox.left / ratio,\n      right: (bbox.left + bbox.width) / ratio,\n      top: bbox.top / ratio,\n      bottom: (bbox.top + bbox.height) / ratio,\n    };\n    paint(ctx, box, (seconds) => plot.valToPos(seconds, 'x', true) / ratio);\n    ctx.restore();\n  }\n\n  function line(ctx, x1, y1, x2, y2, dash = []) {\n    ctx.setLineDash(dash);\n    ctx.beginPath();\n    ctx.moveTo(x1, y1);\n    ctx.lineTo(x2, y2);\n    ctx.stroke();\n    ctx.setLineDash([]);\n  }\n\n  function shade(plot, { bands, phases }) {\n    within(plot, (ctx, box, x) => {\n      for (const { from, to, proven } of bands) {\n        ctx.fillStyle = colour(proven ? '--band' : '--band-unproven');\n        ctx.fillRect(x(from), box.top, x(to) - x(from), box.bottom - box.top);\n      }\n      ctx.strokeStyle = colour('--muted');\n      ctx.lineWidth = 1;\n      for (const { from } of phases) line(ctx, x(from), box.top, x(from), box.bottom, [2, 3]);\n    });\n  }\n\n  /** Rows above the plot: the phases, the faults, what broke. Each label is cut where the next one begins. */\n  function labels(plot, { phases, bands, marks: all }, faultRows) {\n    within(plot, (ctx, box, x) => {\n      ctx.textAlign = 'left';\n      ctx.textBaseline = 'top';\n      let top = 4;\n      const row = (entries) => {\n        let free = box.left;\n        for (const [index, { text, at, to, style }] of entries.entries()) {\n          const next = entries.slice(index + 1).find((other) => other.text !== text);\n          const end = next ? Math.min(box.right, x(next.at)) : box.right;\n          // At the right edge a label is moved and not cut. Of equal marks close together only the first has a label.\n          const shift = next ? 0 : Math.max(0, x(at) + ctx.measureText(text).width + 8 - end);\n          const wanted = Math.max(box.left, x(at) - shift);\n          if (x(to) < box.left || x(at) > box.right || (wanted < free && entries[index - 1]?.text === text)) continue;\n          const left = Math.max(free, wanted);\n          const fitted = fitting(ctx, text, end - left - 6);\n          ctx.fillStyle = colour(style);\n          ctx.fillText(fitted, left + 2, top);\n          if (fitted !== '') free = left + ctx.measureText(fitted).width + 6;\n        }\n        top += 15;\n      };\n      ctx.font = font(11);\n      row(\n        phases.map(({ name, from }, index) => ({\n          text: name,\n          at: from,\n          to: phases[index + 1]?.from ?? Number.POSITIVE_INFINITY,\n          style: '--muted',\n        })),\n      );\n      ctx.font = `600 ${font(11)}`;\n      const faults = bands.map(({ label, from, to }) => ({ text: label, at: from, to, style: '--ink' }));\n      for (let of = 0; of < faultRows; of++) row(faults.filter((_, index) => index % faultRows === of));\n      row(\n        all.map(({ label, at, kind }) => ({ text: label, at, to: at, style: kind === 'broke' ? '--bad' : '--good' })),\n      );\n    });\n  }\n\n  function fitting(ctx, text, width) {\n    if (ctx.measureText(text).width <= width) return text;\n    for (let length = text.length - 1; length > 2; length--) {\n      const cut = `${text.slice(0, length)}\u2026`;\n      if (ctx.measureText(cut).width <= width) return cut;\n    }\n    return '';\n  }\n\n  function limit(plot, kind, timeline) {\n    const value = kind.limit(timeline);\n    const { min, max } = plot.scales.y;\n    if (value === null || value < min || value > max) return;\n    within(plot, (ctx, box) => {\n      const y = plot.valToPos(value, 'y', true) / uPlot.pxRatio;\n      ctx.strokeStyle = colour('--muted');\n      line(ctx, box.left, y, box.right, y, [6, 4]);\n      ctx.font = font(11);\n      ctx.fillStyle = colour('--muted');\n      ctx.textAlign = 'right';\n      ctx.textBaseline = y - box.top < 16 ? 'top' : 'bottom';\n      ctx.fillText(kind.limitLabel(value), box.right - 4, y + (y - box.top < 16 ? 2 : -2));\n    });\n  }\n\n  function marks(plot, { marks: all }) {\n    within(plot, (ctx, box, x) => {\n      ctx.lineWidth = 1.5;\n      for (const { at, kind } of all) {\n        ctx.strokeStyle = colour(kind === 'broke' ? '--bad' : '--good');\n        line(ctx, x(at), box.top, x(at), box.bottom);\n      }\n    });\n  }\n\n  function redraw() {\n    for (const { chart } of charts) chart.redraw(false, true);\n  }\n\n  for (const [group, place] of places.entries()) {\n    const timeline = JSON.parse(place.querySelector('script').textContent);\n    for (const element of place.querySelectorAll('[data-chart]')) draw(element, timeline, group);\n  }\n  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);\n  // For printing: light colours, narrow charts, and everything unfolded.\n  addEventListener('beforeprint', () => {\n    document.documentElement.classList.add('paper');\n    for (const fold of document.querySelectorAll('details')) fold.open = true;\n    for (const { chart, element, height } of charts) resize(chart, element, height);\n    redraw();\n  });\n  addEventListener('afterprint', () => {\n    document.documentElement.classList.remove('paper');\n    for (const { chart, element, height } of charts) resize(chart, element, height);\n    redraw();\n  });\n})();\n";

// src/report/page/filter.js
var filter_default = "// Runs in the reader's browser: shows the scenarios of one verdict, those in which one invariant was violated, or those of one dimension of the\n// score. A link such as report.html#verdict=fail, #invariant=ordering or #dimension=fault-isolation opens the page so.\n(() => {\n  const sections = [...document.querySelectorAll('section[data-verdict]')];\n  const head = document.querySelector('#scenarios h2');\n  const facets = {\n    verdict: { title: 'verdict', of: ({ dataset }) => [dataset.verdict] },\n    dimension: { title: '', of: ({ dataset }) => [dataset.dimension] },\n    invariant: { title: 'violated', of: ({ dataset }) => dataset.violated.split(' ').filter((name) => name !== '') },\n  };\n  const values = (facet) => [...new Set(sections.flatMap(facets[facet].of))].sort();\n  if (!head || sections.length < 2) return;\n\n  const bar = document.createElement('div');\n  bar.className = 'filter';\n  bar.setAttribute('role', 'group');\n  bar.setAttribute('aria-label', 'Which scenarios are shown');\n  const status = document.createElement('span');\n  status.setAttribute('role', 'status');\n  const buttons = [button('all', '', '')];\n  // A dimension is asked for by its score, at the top of the page.\n  for (const facet of ['verdict', 'invariant'])\n    for (const value of values(facet)) buttons.push(button(`${facets[facet].title} ${value}`, facet, value));\n  bar.append(...buttons, status);\n  head.after(bar);\n\n  function button(text, facet, value) {\n    const element = document.createElement('button');\n    element.type = 'button';\n    element.textContent = text;\n    element.dataset.facet = facet;\n    element.dataset.value = value;\n    element.addEventListener('click', () => {\n      history.replaceState(null, '', facet === '' ? '#scenarios' : `#${facet}=${encodeURIComponent(value)}`);\n      show(facet, value);\n    });\n    return element;\n  }\n\n  function show(facet, value) {\n    const isShown = (section) => facet === '' || facets[facet].of(section).includes(value);\n    for (const section of sections) section.hidden = !isShown(section);\n    for (const row of document.querySelectorAll('#scenarios tbody tr')) {\n      const target = row.querySelector('a[href^=\"#\"]')?.getAttribute('href').slice(1);\n      row.hidden = sections.some(({ id, hidden }) => hidden && id === target);\n    }\n    for (const one of buttons)\n      one.setAttribute('aria-pressed', String(one.dataset.facet === facet && one.dataset.value === value));\n    const count = sections.filter(({ hidden }) => !hidden).length;\n    status.textContent = facet === '' ? '' : `${count} of ${sections.length} scenarios are shown`;\n  }\n\n  function follow() {\n    const [, facet, text] = /^#(verdict|invariant|dimension)=(.+)$/.exec(location.hash) ?? [];\n    const value = text && decodeURIComponent(text);\n    if (facet && values(facet).includes(value)) {\n      show(facet, value);\n      head.scrollIntoView();\n      return;\n    }\n    const target = document.getElementById(location.hash.slice(1));\n    const isHidden = target?.closest('section[hidden]') != null;\n    if (isHidden || buttons.every((one) => !one.hasAttribute('aria-pressed'))) show('', '');\n    if (isHidden) target.scrollIntoView();\n  }\n\n  for (const link of document.querySelectorAll('a[data-show]')) link.href = `#${link.dataset.show}`;\n  addEventListener('hashchange', follow);\n  // All of it is printed.\n  addEventListener('beforeprint', () => show('', ''));\n  follow();\n})();\n";

// src/report/page/page.css
var page_default = ':root,\n:root.paper {\n  color-scheme: light;\n  --page: #ffffff;\n  --card: #f6f8fa;\n  --ink: #1f2328;\n  --muted: #57606a;\n  --grid: #d8dee4;\n  --good: #1a7f37;\n  --bad: #c4212f;\n  --doubt: #8a5a00;\n  --bad-tint: #ffebe9;\n  --band: #f3c1bd80;\n  --band-unproven: #c9c9c980;\n  --series-1: #0969da;\n  --series-2: #d1570a;\n  --series-3: #0f8a6d;\n  --series-4: #7a3fc4;\n}\n\n@media (prefers-color-scheme: dark) {\n  :root:not(.paper) {\n    color-scheme: dark;\n    --page: #0d1117;\n    --card: #161b22;\n    --ink: #e6edf3;\n    --muted: #9aa4ae;\n    --grid: #30363d;\n    --good: #4ac26b;\n    --bad: #ff7b72;\n    --doubt: #e3b341;\n    --bad-tint: #3b1518;\n    --band: #7a2a2a66;\n    --band-unproven: #6b6b6b66;\n    --series-1: #58a6ff;\n    --series-2: #f0883e;\n    --series-3: #3fc9a3;\n    --series-4: #b78af7;\n  }\n}\n\n* {\n  box-sizing: border-box;\n}\n\nbody {\n  margin: 0 auto;\n  padding: 1rem;\n  max-width: 1080px;\n  background: var(--page);\n  color: var(--ink);\n  font:\n    15px / 1.5 system-ui,\n    sans-serif;\n  overflow-wrap: anywhere;\n}\n\nh1 {\n  margin: 0;\n  font-size: 2rem;\n  line-height: 1.2;\n}\n\nh2 {\n  margin: 2.2rem 0 0.6rem;\n  padding-bottom: 0.3rem;\n  border-bottom: 1px solid var(--grid);\n  font-size: 1.35rem;\n}\n\nh3 {\n  margin: 1.2rem 0 0.3rem;\n  font-size: 1.05rem;\n}\n\nh4 {\n  margin: 1rem 0 0.2rem;\n  font-size: 0.95rem;\n}\n\np,\nul {\n  margin: 0.4rem 0;\n}\n\nul {\n  padding-left: 1.2rem;\n}\n\na {\n  color: inherit;\n}\n\ntime,\ntd > a:only-child {\n  white-space: nowrap;\n}\n\n.muted {\n  color: var(--muted);\n}\n\n.card {\n  padding: 1rem 1.2rem;\n  border: 1px solid var(--grid);\n  border-left: 6px solid var(--muted);\n  border-radius: 6px;\n  background: var(--card);\n}\n\n.card.pass {\n  border-left-color: var(--good);\n}\n\n.card.fail,\n.broke {\n  border-left-color: var(--bad);\n}\n\n.card.inconclusive {\n  border-left-color: var(--doubt);\n}\n\n.score-card {\n  display: grid;\n  grid-template-columns: 3fr 2fr;\n  gap: 0 2rem;\n}\n\n.score {\n  font-size: 1.15rem;\n}\n\n.found {\n  margin: 0.7rem 0 0;\n  padding: 0;\n  list-style: none;\n}\n\n.found li {\n  margin: 0.2rem 0;\n  padding-left: 1.3rem;\n  text-indent: -1.3rem;\n}\n\n.found li::before {\n  display: inline-block;\n  width: 1.3rem;\n  color: var(--bad);\n  content: "\u2717";\n  font-weight: 700;\n  text-indent: 0;\n}\n\n.found li.doubt::before {\n  color: var(--doubt);\n  content: "?";\n}\n\n.found li.good::before {\n  color: var(--good);\n  content: "\u2713";\n}\n\n.note {\n  margin: 0.6rem 0;\n  padding: 0.5rem 0.8rem;\n  border-left: 4px solid var(--doubt);\n  background: var(--page);\n}\n\n.verdict {\n  padding: 0 0.45em;\n  border: 1px solid currentColor;\n  border-radius: 1em;\n  font-size: 0.85em;\n  font-weight: 600;\n  white-space: nowrap;\n}\n\n.verdict.pass,\n.good {\n  color: var(--good);\n}\n\n.verdict.fail,\n.bad {\n  color: var(--bad);\n  font-weight: 600;\n}\n\n.verdict.inconclusive,\n.verdict.skipped,\n.doubt {\n  color: var(--doubt);\n}\n\n.found .doubt,\n.found .good {\n  color: inherit;\n}\n\ncode,\npre {\n  font-family: ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace;\n  font-size: 0.87em;\n}\n\npre {\n  margin: 0.5rem 0;\n  padding: 0.6rem 0.8rem;\n  border: 1px solid var(--grid);\n  border-radius: 6px;\n  background: var(--card);\n  white-space: pre-wrap;\n}\n\n.command {\n  user-select: all;\n}\n\n.broke {\n  margin: 0.8rem 0;\n  padding: 0.1rem 1rem 0.6rem;\n  border: 1px solid var(--grid);\n  border-left: 6px solid var(--bad);\n  border-radius: 6px;\n}\n\n.evidence {\n  margin: 0.6rem 0 1rem;\n}\n\n.facts {\n  display: grid;\n  grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr));\n  gap: 0.3rem 1.2rem;\n  margin: 0.5rem 0;\n}\n\n.facts dt {\n  color: var(--muted);\n  font-size: 0.85em;\n}\n\n.facts dd {\n  margin: 0;\n}\n\ndetails > summary {\n  margin: 0.5rem 0;\n  cursor: pointer;\n  font-weight: 600;\n}\n\n.scroll {\n  overflow-x: auto;\n}\n\n.filter {\n  display: flex;\n  flex-wrap: wrap;\n  gap: 0.4rem;\n  align-items: center;\n  margin: 0.5rem 0 1rem;\n}\n\n.filter button {\n  padding: 0.15rem 0.7rem;\n  border: 1px solid var(--grid);\n  border-radius: 1rem;\n  background: var(--card);\n  color: var(--ink);\n  font: inherit;\n  font-size: 0.85rem;\n  cursor: pointer;\n}\n\n.filter button[aria-pressed="true"] {\n  border-color: var(--ink);\n  background: var(--ink);\n  color: var(--page);\n}\n\n.filter [role="status"] {\n  color: var(--muted);\n  font-size: 0.85rem;\n}\n\n@media print {\n  .filter {\n    display: none;\n  }\n}\n\ntable {\n  border-collapse: collapse;\n  margin: 0.4rem 0;\n  font-size: 0.93em;\n}\n\nth,\ntd {\n  padding: 0.3rem 0.6rem;\n  border: 1px solid var(--grid);\n  text-align: left;\n  vertical-align: top;\n  overflow-wrap: break-word;\n}\n\nth {\n  background: var(--card);\n  font-weight: 600;\n}\n\n.number {\n  min-width: 3.6rem;\n  text-align: right;\n  font-variant-numeric: tabular-nums;\n}\n\ntr.fail > td:first-child {\n  border-left: 4px solid var(--bad);\n}\n\n.bars {\n  width: 100%;\n  margin: 0;\n}\n\n.bars th,\n.bars td {\n  padding: 0.1rem 0.4rem;\n  border: 0;\n  background: none;\n  font-weight: 400;\n  vertical-align: middle;\n  white-space: nowrap;\n}\n\n.bars svg {\n  display: block;\n  width: 100%;\n  min-width: 60px;\n  height: 10px;\n}\n\n.bar-all {\n  fill: var(--grid);\n}\n\n.bar-excellent,\n.bar-good {\n  fill: var(--good);\n}\n\n.bar-fair {\n  fill: var(--doubt);\n}\n\n.bar-needs-improvement {\n  fill: var(--bad);\n}\n\n.bar-interval {\n  fill: var(--ink);\n}\n\n.lifeline {\n  display: block;\n  margin: 0.5rem 0;\n}\n\n.lifeline text {\n  fill: var(--ink);\n  font-size: 11px;\n}\n\n.lifeline .axis {\n  fill: var(--muted);\n}\n\n.lifeline .tick {\n  stroke: var(--grid);\n}\n\n.lifeline .due {\n  fill: var(--bad);\n  stroke: var(--bad);\n  stroke-width: 2px;\n}\n\n.lifeline .mark {\n  stroke: var(--ink);\n  stroke-width: 2px;\n}\n\n.lifeline .connection {\n  fill: var(--series-1);\n}\n\n.lifeline .connection-without-session {\n  fill: var(--page);\n  stroke: var(--series-1);\n  stroke-width: 1.5px;\n}\n\n.lifeline .fault {\n  fill: var(--band);\n  stroke: var(--bad);\n}\n\n.lifeline .unproven-fault {\n  fill: var(--band-unproven);\n  stroke: var(--muted);\n}\n\n.lifeline .drain {\n  fill: var(--grid);\n  stroke: var(--muted);\n}\n\n.legend {\n  font-size: 0.8em;\n}\n\n.trends {\n  display: grid;\n  grid-template-columns: repeat(auto-fill, minmax(18rem, 1fr));\n  gap: 0.8rem 1.6rem;\n  margin: 0.8rem 0;\n}\n\n.trends figure {\n  margin: 0;\n  max-width: 24rem;\n}\n\n.trends figcaption {\n  display: flex;\n  justify-content: space-between;\n  font-size: 0.93em;\n  font-variant-numeric: tabular-nums;\n}\n\n.trend {\n  display: block;\n  width: 100%;\n}\n\n.trend .tick {\n  stroke: var(--grid);\n}\n\n.trend .axis {\n  fill: var(--muted);\n  font-size: 10px;\n}\n\n.trend .range {\n  fill: var(--series-1);\n  fill-opacity: 0.18;\n}\n\n.trend .whisker {\n  stroke: var(--series-1);\n  stroke-opacity: 0.4;\n  stroke-width: 3px;\n}\n\n.trend .scores {\n  fill: none;\n  stroke: var(--series-1);\n  stroke-width: 1.5px;\n}\n\n.trend circle {\n  fill: var(--series-1);\n  stroke: var(--page);\n}\n\n.trend .fail {\n  fill: var(--bad);\n  stroke: var(--page);\n}\n\n.trend circle.inconclusive,\n.trend circle.skipped {\n  fill: var(--page);\n  stroke: var(--doubt);\n  stroke-width: 1.5px;\n}\n\n.events {\n  margin: 0.4rem 0;\n  padding: 0;\n  font-size: 0.93em;\n  list-style: none;\n}\n\n.events li {\n  display: grid;\n  grid-template-columns: 4.5rem 1fr;\n}\n\n.events time {\n  color: var(--muted);\n  font-variant-numeric: tabular-nums;\n}\n\n@media screen {\n  .logs .events {\n    max-height: 22rem;\n    overflow-y: auto;\n  }\n}\n\n.logs .events {\n  font-family: ui-monospace, monospace;\n  font-size: 0.8em;\n}\n\n.logs li[hidden] {\n  display: none;\n}\n\nh4 select {\n  max-width: 100%;\n  border: 1px solid var(--grid);\n  border-radius: 4px;\n  background: var(--card);\n  color: var(--ink);\n  font: inherit;\n}\n\n.chart {\n  min-height: 60px;\n}\n\n.uplot .u-legend {\n  margin: 0 0 0 56px;\n  color: var(--muted);\n  font-size: 12px;\n  text-align: left;\n}\n\n.uplot .u-legend th,\n.uplot .u-legend td {\n  padding: 0 0.2rem;\n  border: 0;\n  background: none;\n  font-weight: 400;\n}\n\n/* Nothing to say before the cursor is on a chart. */\n.uplot .u-legend .u-series:has(> .u-value:empty) th::after,\n.uplot .u-legend .u-series:first-child:has(> .u-value:empty) {\n  content: none;\n  display: none;\n}\n\n.beside {\n  display: flex;\n  flex-wrap: wrap;\n  gap: 0 2rem;\n}\n\n.beside > table {\n  align-self: flex-start;\n}\n\nfooter {\n  margin: 2.5rem 0 1rem;\n  color: var(--muted);\n  font-size: 0.85em;\n}\n\n@media (max-width: 640px) {\n  .score-card {\n    grid-template-columns: 1fr;\n    gap: 1rem;\n  }\n\n  .stacked,\n  .stacked tbody,\n  .stacked tr,\n  .stacked td {\n    display: block;\n  }\n\n  .stacked thead {\n    display: none;\n  }\n\n  .stacked tr {\n    margin: 0.6rem 0;\n    border: 1px solid var(--grid);\n    border-radius: 6px;\n  }\n\n  .stacked td {\n    display: flow-root;\n    padding-left: 8.5rem;\n    border: 0;\n    text-align: left;\n  }\n\n  .stacked td::before {\n    float: left;\n    width: 7.4rem;\n    margin-left: -7.9rem;\n    color: var(--muted);\n    content: attr(data-head);\n  }\n\n  .stacked tr.fail {\n    border-left: 4px solid var(--bad);\n  }\n\n  .stacked tr.fail > td:first-child {\n    border-left: 0;\n  }\n}\n\n/* What fits on A4 and on letter paper. */\n.paper body {\n  max-width: 700px;\n  padding: 0;\n  font-size: 11px;\n}\n\n@media print {\n  table {\n    font-size: 9px;\n  }\n\n  th,\n  td {\n    padding: 2px 4px;\n  }\n\n  .card,\n  .broke,\n  .chart,\n  .trends figure,\n  tr {\n    break-inside: avoid;\n  }\n\n  h2,\n  h3,\n  h4 {\n    break-after: avoid;\n  }\n}\n';

// src/report/lifeline-svg.ts
var rowHeight = 32;
var axisHeight = 18;
var steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 3e4, 6e4];
var mostTicks = 5;
function drawLifeline({ fromMs, toMs, rows }) {
  const across = (ms) => {
    const share = (ms - fromMs) / Math.max(1, toMs - fromMs);
    return Math.round(Math.min(1, Math.max(0, share)) * 1e4) / 100;
  };
  const bottom = rows.length * rowHeight;
  return markup`<svg class="lifeline" width="100%" height="${bottom + axisHeight}" role="img" aria-label="Lifeline from ${clock(fromMs)} to ${clock(toMs)}">
${ticks(fromMs, toMs).map(
    (ms) => markup`<line class="tick" x1="${across(ms)}%" x2="${across(ms)}%" y1="0" y2="${bottom}"/><text class="axis" x="${across(ms)}%" y="${bottom + 13}" text-anchor="middle">${ms / 1e3} s</text>\n`
  )}${rows.map((row, index) => drawRow(row, index * rowHeight, across))}</svg>
`;
}
function drawRow({ name, bars, marks }, top, across) {
  return markup`<text x="0" y="${top + 11}">${name}</text>
${bars.map((bar2) => drawBar(bar2, top + 16, across))}${marks.map(
    ({ atMs, what }) => markup`<line class="mark" x1="${across(atMs)}%" x2="${across(atMs)}%" y1="${top + 13}" y2="${top + 29}"><title>${what}</title></line>\n`
  )}`;
}
function drawBar({ fromMs, toMs, kind, what }, y, across) {
  const left = across(fromMs);
  const width2 = Math.round(100 * ((toMs === null ? 100 : across(toMs)) - left)) / 100;
  return markup`<rect class="${kind}" x="${left}%" y="${y}" width="${width2}%" height="10"><title>${what}</title></rect>\n`;
}
function ticks(fromMs, toMs) {
  const lengthMs = toMs - fromMs;
  const stepMs = steps.find((step) => lengthMs / step <= mostTicks) ?? Math.ceil(lengthMs / mostTicks);
  const first = Math.ceil((fromMs + lengthMs * 0.05) / stepMs);
  const last = Math.floor((toMs - lengthMs * 0.05) / stepMs);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => (first + index) * stepMs);
}

// src/report/timeline.ts
var mostPoints = 600;
function timelineOf(scenario2) {
  const windows = wholeWindows(scenario2.windows.filter(({ phase }) => isCharted(phase)));
  const first = windows[0];
  const last = windows[windows.length - 1];
  if (!first || !last) return void 0;
  const span = { from: seconds(first.startMs), to: seconds(last.startMs + last.lengthMs) };
  const points = pool(windows);
  const expected = (name) => scenario2.expectations.find((one) => one.name === name)?.expected ?? null;
  const availability = expected("availability");
  return {
    from: points.map(({ startMs }) => seconds(startMs)),
    to: points.map(({ endMs }) => seconds(endMs)),
    p50: points.map(({ p50Ms }) => digits(p50Ms)),
    p99: points.map(({ p99Ms }) => digits(p99Ms)),
    published: points.map(({ publishedPerSecond }) => Math.round(publishedPerSecond)),
    delivered: points.map(({ deliveredPerSecond }) => Math.round(deliveredPerSecond)),
    availability: points.map(({ share }) => percent(share)),
    phases: scenario2.phases.filter(({ name }) => isCharted(name)).map(({ name, startMs }) => ({ name, from: seconds(startMs) })),
    bands: bandsOf(scenario2.faults, span),
    marks: marksOf(scenario2).filter(({ at }) => at >= span.from && at <= span.to),
    expected: { p99: expected("p99-latency"), availability: percent(availability) },
    series: namedSeries(scenario2.series ?? [], span),
    pooled: points.length < windows.length ? Math.max(...points.map(({ startMs, endMs }) => endMs - startMs)) : void 0
  };
}
function isCharted(phase) {
  return phase === "steady" || phase === "hold" || phase === "recover";
}
function wholeWindows(windows) {
  const whole = [];
  for (const window of windows) {
    const before = whole[whole.length - 1];
    if (before && before.phase === window.phase && window.lengthMs < before.lengthMs / 2)
      whole[whole.length - 1] = {
        ...before,
        lengthMs: window.startMs + window.lengthMs - before.startMs,
        possible: before.possible + window.possible,
        done: before.done + window.done,
        published: before.published + window.published,
        delivered: before.delivered + window.delivered,
        p50Ms: before.p50Ms ?? window.p50Ms,
        p99Ms: highest([before.p99Ms, window.p99Ms])
      };
    else whole.push(window);
  }
  return whole;
}
function pool(windows) {
  const size = Math.ceil(windows.length / mostPoints);
  const groups = [];
  for (const window of windows) {
    const group = groups[groups.length - 1];
    if (group && group.length < size && group[0]?.phase === window.phase) group.push(window);
    else groups.push([window]);
  }
  return groups.flatMap((group) => {
    const first = group[0];
    const last = group[group.length - 1];
    if (!first || !last) return [];
    const endMs = last.startMs + last.lengthMs;
    const perSecond = (count) => 1e3 * group.reduce((sum, window) => sum + count(window), 0) / Math.max(1, endMs - first.startMs);
    const undone = highest(group.map(({ possible, done }) => possible === 0 ? null : 1 - done / possible));
    return {
      startMs: first.startMs,
      endMs,
      p50Ms: highest(group.map(({ p50Ms }) => p50Ms)),
      p99Ms: highest(group.map(({ p99Ms }) => p99Ms)),
      publishedPerSecond: perSecond(({ published }) => published),
      deliveredPerSecond: perSecond(({ delivered }) => delivered),
      share: undone === null ? null : 1 - undone
    };
  });
}
function namedSeries(series, span) {
  return [...new Set(series.map(({ name }) => name))].map((name) => {
    const own2 = series.filter((one) => one.name === name);
    const isCounter = own2.some(({ kind }) => kind === "counter");
    return {
      name: isCounter ? `${plain(name, 80)}, per second` : plain(name, 80),
      lines: own2.map(({ line, points }) => {
        const values = (isCounter ? rates(points) : points).map(([ms, value]) => [seconds(ms), Number(value.toPrecision(4))]).filter(([at]) => at >= span.from && at <= span.to);
        const drawn = withGaps(values);
        return { line: plain(line, 60), at: drawn.map(([at]) => at), value: drawn.map(([, value]) => value) };
      })
    };
  });
}
function withGaps(points) {
  const steps2 = points.slice(1).map(([at], index) => at - (points[index]?.[0] ?? at));
  const usual = steps2.toSorted((a, b) => a - b)[steps2.length >> 1] ?? 0;
  return points.flatMap((point, index) => {
    const [at] = point;
    const before = points[index - 1]?.[0];
    const isGap = before !== void 0 && points.length > 2 && at - before > 2.5 * usual;
    return isGap ? [[before + usual / 2, null], point] : [point];
  });
}
function rates(points) {
  return points.flatMap(([ms, value], index) => {
    const [beforeMs, before] = points[index - 1] ?? [ms, value];
    return ms <= beforeMs || value < before ? [] : [[ms, (value - before) * 1e3 / (ms - beforeMs)]];
  });
}
function bandsOf(faults, span) {
  const bands = /* @__PURE__ */ new Map();
  for (const fault of faults) {
    const from = Math.max(span.from, tenths(fault.startMs));
    const to = Math.min(span.to, tenths(fault.endMs));
    if (to <= from) continue;
    const label = `${plain(fault.kind, 40)} on ${plain(fault.target, 60)}${fault.proven ? "" : " (not proven)"}`;
    const key = `${from} ${to} ${fault.proven}`;
    const same = bands.get(key);
    bands.set(key, { from, to, label: same ? `${same.label}, ${label}` : label, proven: fault.proven });
  }
  return [...bands.values()].sort((a, b) => a.from - b.from);
}
function marksOf(scenario2) {
  const { recoveryMs } = scenario2.measures;
  const healMs = scenario2.phases.find(({ name }) => name === "recover")?.startMs;
  const broke = (ms, label) => ({ at: tenths(ms), label, kind: "broke" });
  const marks = [
    ...scenario2.crashes.map(({ node, atMs }) => broke(atMs, `${plain(node, 40)} ended`)),
    ...scenario2.violations.flatMap(
      ({ invariant, examples }) => examples.flatMap(({ atMs }) => atMs === null ? [] : [broke(atMs, plain(invariant, 40))])
    ),
    ...recoveryMs === null || healMs === void 0 || scenario2.faults.length === 0 ? [] : [{ at: seconds(healMs + recoveryMs), label: "recovered", kind: "recovered" }]
  ];
  return [...new Map(marks.map((mark) => [`${mark.at} ${mark.label}`, mark])).values()].sort((a, b) => a.at - b.at);
}
function highest(values) {
  return values.reduce((most, value) => most === null || value !== null && value > most ? value : most, null);
}
function seconds(ms) {
  return Math.round(ms) / 1e3;
}
function tenths(ms) {
  return Math.round(ms / 100) / 10;
}
function digits(value) {
  return value === null ? null : Number(value.toPrecision(3));
}
function percent(share) {
  return share === null ? null : Math.floor(share * 1e4 + 1e-6) / 100;
}

// src/report/trend-svg.ts
var width = 320;
var height = 118;
var plot = { left: 24, right: 312, top: 8, bottom: 96 };
function drawTrends(runs, lines2) {
  return markup`<div class="trends">\n${lines2.map((line) => drawTrend(runs, line))}</div>
<p class="muted legend">Scores of 0 to 10, the oldest run left; the area is the 95% interval. Square: the run failed. Hollow: it was inconclusive. A gap: not measured. The figure is that of the newest run.</p>
`;
}
function drawTrend(runs, line) {
  const points = pointsOf(line);
  const last = line.values.at(-1)?.score ?? null;
  return markup`<figure>
<figcaption>${line.name} <strong>${formatScore(last)}</strong></figcaption>
<svg class="trend" viewBox="0 0 ${width} ${height}" role="img" aria-label="${trendText(runs, line)}">
${[0, 5, 10].map((score) => markup`<line class="tick" x1="${plot.left}" x2="${plot.right}" y1="${yOf(score)}" y2="${yOf(score)}"/><text class="axis" x="${plot.left - 6}" y="${yOf(score) + 4}" text-anchor="end">${score}</text>\n`)}${dateLabels(runs)}${stretches(points).map(drawStretch)}${points.map((point, index) => point === void 0 ? nothing : drawPoint(point, runs[index], line.values[index]))}</svg>
</figure>
`;
}
function pointsOf({ values }) {
  return values.map(({ score, interval }, index) => {
    if (score === null) return void 0;
    const [low, high] = interval ?? [score, score];
    return { x: xOf(index, values.length), y: yOf(score), low: yOf(low), high: yOf(high) };
  });
}
function stretches(points) {
  const found = [[]];
  for (const point of points) {
    if (point === void 0) found.push([]);
    else found.at(-1)?.push(point);
  }
  return found.filter((stretch) => stretch.length > 0);
}
function drawStretch(points) {
  const path = (of) => of.map((one) => one.join(",")).join(" ");
  const [first] = points;
  if (first && points.length === 1)
    return markup`<line class="whisker" x1="${first.x}" x2="${first.x}" y1="${first.low}" y2="${first.high}"/>\n`;
  const area = [
    ...points.map(({ x, high }) => [x, high]),
    ...points.toReversed().map(({ x, low }) => [x, low])
  ];
  return markup`<polygon class="range" points="${path(area)}"/><polyline class="scores" points="${path(points.map(({ x, y }) => [x, y]))}"/>\n`;
}
function drawPoint({ x, y }, run, value) {
  if (run === void 0 || value === void 0) return nothing;
  const title2 = markup`<title>${run.startedAt}: ${scoreText(value)}, ${run.verdict}</title>`;
  return run.verdict === "fail" ? markup`<rect class="fail" x="${rounded(x - 3.5)}" y="${rounded(y - 3.5)}" width="7" height="7">${title2}</rect>\n` : markup`<circle class="${run.verdict}" cx="${x}" cy="${y}" r="3">${title2}</circle>\n`;
}
function dateLabels(runs) {
  const [first, last] = [runs[0], runs.at(-1)];
  if (first === void 0 || last === void 0) return nothing;
  const label = (run, x, anchor) => markup`<text class="axis" x="${x}" y="${height - 6}" text-anchor="${anchor}">${dateOf(run)}</text>`;
  if (runs.length === 1) return markup`${label(first, xOf(0, 1), "middle")}\n`;
  return markup`${label(first, plot.left, "start")}${label(last, plot.right, "end")}\n`;
}
function xOf(index, count) {
  const inset = 5;
  const span = plot.right - plot.left - 2 * inset;
  return rounded(plot.left + inset + (count === 1 ? span / 2 : span * index / (count - 1)));
}
function yOf(score) {
  return rounded(plot.bottom - (plot.bottom - plot.top) * score / 10);
}
function rounded(value) {
  return Math.round(value * 10) / 10;
}

// src/report/print-html.ts
function printSections(sections, ids) {
  return markup`${sections.filter(({ blocks }) => blocks.length > 0).map(
    ({ id, blocks, facets }) => markup`<section${idOf(id)}${dataOf(facets)}>\n${printHtml(blocks, ids)}</section>\n`
  )}`;
}
function dataOf(facets) {
  return facets === void 0 ? nothing : markup` data-verdict="${facets.verdict}" data-violated="${[...new Set(facets.violated)].join(" ")}" data-dimension="${facets.dimension}"`;
}
function printHtml(blocks, ids = /* @__PURE__ */ new Map()) {
  return markup`${blocks.map((block) => printBlock(block, ids))}`;
}
function printBlock(block, ids) {
  const line = (text) => printLine(text, ids);
  switch (block.type) {
    case "card":
      return card(block, ids);
    case "heading":
      return markup`<h2>${line(block.text)}</h2>\n`;
    case "title":
      return markup`<h3${classOf(block.tone)}>${line(block.text)}</h3>\n`;
    case "paragraph":
      return markup`<p${classOf(block.tone)}>${line(block.text)}</p>\n`;
    case "note":
      return markup`<p class="note">${line(block.text)}</p>\n`;
    case "list":
      return markup`<ul>\n${block.items.map((item) => markup`<li>${line(item)}</li>\n`)}</ul>\n`;
    case "table":
      return table2(block.columns, block.rows, line);
    case "command":
      return markup`<pre class="command">${wholeCommand(block.command)}</pre>\n`;
    case "fold":
      return markup`<details><summary>${line(block.summary)}</summary>\n${printHtml(block.blocks, ids)}</details>\n`;
    case "finding":
      return markup`<div class="broke"${idOf(block.id)}>\n<h3>${line(block.head)}</h3>\n${printHtml(block.blocks, ids)}</div>\n`;
    case "facts":
      return markup`<dl class="facts">\n${block.facts.map(([name, value]) => markup`<div><dt>${said(name)}</dt><dd>${line(value)}</dd></div>\n`)}</dl>\n`;
    case "output":
      return markup`<pre>${lines(block.lines)}</pre>\n`;
    case "scores":
      return markup`<table class="bars">\n<tbody>\n${block.scores.map(scoreRow)}</tbody>\n</table>\n`;
    case "sums":
      return markup`<div class="beside">\n${block.sums.map(sumTable)}</div>\n<p>${block.sums.every(({ gap }) => gap === 0) ? "Every message is accounted for." : nothing}${block.sums.map(({ gap }) => gap === 0 ? nothing : markup` <span class="bad">${gapText(gap)}</span>`)}</p>\n`;
    case "charts":
      return charts(block.scenario);
    case "lifeline":
      return lifeline(block.lifeline, line);
    case "trend":
      return drawTrends(block.runs, block.lines);
    case "columns":
      return markup`<div class="beside">\n${block.columns.map((column) => markup`<div>\n${printHtml(column, ids)}</div>\n`)}</div>\n`;
    case "only":
      return block.medium === "page" ? printHtml(block.blocks, ids) : nothing;
  }
}
function printLine({ parts }, ids) {
  return markup`${parts.map((part) => printPart(part, ids))}`;
}
function printPart(part, ids) {
  switch (part.type) {
    case "own":
      return new Markup(entities(part.text));
    case "outside":
      return markup`${part.text}`;
    case "code":
      return code2(part.text);
    case "command":
      return markup`<code class="command">${wholeCommand(part.text)}</code>`;
    case "strong":
      return markup`<strong>${printLine(part.of, ids)}</strong>`;
    case "muted":
      return markup`<span class="muted">${printLine(part.of, ids)}</span>`;
    case "bad":
      return markup`<span class="bad">${printLine(part.of, ids)}</span>`;
    case "verdict":
      return verdictMark(part.verdict);
    case "scenario":
      return scenario(part.scenario, part.full, ids);
    case "jump":
      return markup`<a href="#${part.id}">${printLine(part.of, ids)}</a>`;
    case "link":
      return markup`<a href="${part.address}">${part.text}</a>`;
    case "break":
      return markup`<br>`;
  }
}
function classOf(name) {
  return name === void 0 ? nothing : markup` class="${name}"`;
}
function idOf(id) {
  return id === void 0 ? nothing : markup` id="${id}"`;
}
var tones = {
  pass: "good",
  fail: "bad",
  inconclusive: "doubt",
  skipped: "doubt"
};
function card({ about, notes, found, remarks, beside, ...result }, ids) {
  const { verdict } = result;
  const line = (text) => printLine(text, ids);
  return markup`<header class="card score-card ${verdict}">
<div>
<h1><span class="${tones[verdict]}">${verdict.toUpperCase()}</span></h1>
${scoreText2(result, line)}${notes.map((text) => markup`<p class="note">${line(text)}</p>\n`)}${found.length === 0 ? nothing : markup`<ul class="found">\n${found.map((one) => foundItem(one, ids))}</ul>\n`}${remarks.map((text) => markup`<p>${line(text)}</p>\n`)}<p class="muted">${about.map((one, index) => markup`${index === 0 ? nothing : markup` · `}${line(one)}`)}</p>
</div>
<div>
${printHtml(beside, ids)}</div>
</header>
`;
}
function scoreText2({ score, grade, interval, cap, unscored }, line) {
  if (unscored !== void 0) return markup`<p class="score">${line(unscored)}</p>\n`;
  if (score === null) return markup`<p class="score">${capital(`score ${notMeasured}`)}.</p>\n`;
  const points = `${formatScore(score)} of 10`;
  if (grade === null)
    return markup`<p class="score"><strong>not graded</strong> <span class="muted">(${points} for what was measured)</span></p>\n`;
  return markup`<p class="score"><strong>${formatScore(score)}</strong> of 10, <strong>${grade}</strong> <span class="muted">(${behindScore({ interval, cap })})</span></p>\n`;
}
function foundItem({ tone, text }, ids) {
  return markup`<li${classOf(tone === "bad" ? void 0 : tone)}>${printLine(text, ids)}</li>\n`;
}
function table2(columns2, rows, line) {
  const kind = (column) => classOf(column?.kind);
  return markup`<div class="scroll"><table class="stacked">
<thead><tr>${columns2.map((column) => markup`<th${kind(column)} scope="col">${column.head}</th>`)}</tr></thead>
<tbody>
${rows.map(
    ({ cells, isBad = false }) => markup`<tr${classOf(isBad ? "fail" : void 0)}>${cells.map((cell, index) => markup`<td${kind(columns2[index])} data-head="${columns2[index]?.head ?? ""}">${line(cell)}</td>`)}</tr>\n`
  )}</tbody>
</table></div>
`;
}
function verdictMark(verdict) {
  return markup`<span class="verdict ${verdict}">${verdict === "fail" ? "FAIL" : verdict}</span>`;
}
function code2(outside) {
  return markup`<code>${plain(outside) === "" ? "(empty)" : outside}</code>`;
}
function said(outside) {
  return plain(outside) === "" ? notMeasured : outside;
}
function scenario(one, full, ids) {
  const link = markup`<a href="#${ids.get(one) ?? ""}">${one.name}</a>`;
  if (!full) return link;
  const faults = [...new Set(one.faults.map(({ kind, target }) => `${kind} on ${target}`))];
  const done = faults.length === 0 ? ", without a fault" : markup` (${faults.join(", ")})`;
  return markup`${link}${attemptText(one)}${done}`;
}
function scoreRow({ name, fragment, score, interval, intervalText }) {
  const shown = fragment === void 0 ? markup`${name}` : markup`<a href="#scenarios" data-show="${fragment}">${name}</a>`;
  return markup`<tr><th scope="row">${shown}</th><td>${bar(score, interval)}</td><td class="number" title="95% interval: ${intervalText}">${formatScore(score)}</td></tr>\n`;
}
function bar(score, interval) {
  const tone = gradeOf(score).toLowerCase().replaceAll(" ", "-");
  const line = interval === null ? nothing : markup`<rect class="bar-interval" x="${interval[0] * 10}" y="4" width="${Math.max(0.5, (interval[1] - interval[0]) * 10)}" height="2"/>`;
  return markup`<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="bar-all" width="100" height="10"/><rect class="bar-${tone}" width="${score * 10}" height="10"/>${line}</svg>`;
}
function sumTable({ what, note, total, parts, beside }) {
  return markup`<table>
<tbody>
<tr><th scope="row">${noted(what, note)}</th><th class="number">${formatCount(total)}</th></tr>
${[...parts, ...beside ? [beside] : []].flatMap(partRows)}</tbody>
</table>
`;
}
function partRows({ what, note, count, rules, isBad = false }) {
  const row = (text, shown) => markup`<tr><td>${text}</td><td${classOf(isBad ? "number bad" : "number")}>${formatCount(shown)}</td></tr>\n`;
  return rules === void 0 ? [row(noted(what, note), count)] : rules.map(([rule, of]) => row(noted(what, rule), of));
}
function noted(what, note) {
  return note === void 0 ? what : `${what}: ${note}`;
}
function charts(scenario2) {
  const timeline = timelineOf(scenario2);
  if (!timeline) return markup`<p>Timeline: not measured.</p>\n`;
  const chart = (kind, title2) => markup`<h4>${title2}</h4>\n<div class="chart" role="img" aria-label="${title2} of ${scenario2.name} over time" data-chart="${kind}"></div>\n`;
  const pooled = timeline.pooled === void 0 ? nothing : markup`<p class="muted">Each point pools up to ${formatMs(timeline.pooled)}: the mean of the rates, and the worst of latency and availability.</p>\n`;
  return markup`<div class="charts">
<noscript><p class="note">The charts need JavaScript. The tables have the figures of each phase.</p></noscript>
${chart("latency", "Latency from publish to receipt, p50 and p99 (logarithmic)")}${chart("throughput", "Throughput, messages a second")}${chart("availability", "Availability, operations done in time of those possible")}
${pooled}${seriesChart(scenario2, timeline)}${nodeLogs(scenario2)}<script type="application/json">${new Markup(jsonInHtml(timeline))}</script>
</div>
`;
}
function seriesChart(scenario2, { series }) {
  if (series.length === 0) return nothing;
  const options = series.map(({ name }, index) => markup`<option value="${String(index)}">${name}</option>`);
  return markup`<h4><label>Beside it: <select>${options}</select></label></h4>
<div class="chart" role="img" aria-label="One measure of ${scenario2.name} over time, chosen above" data-chart="series"></div>
`;
}
function nodeLogs({ logs = [], faults }) {
  const lines2 = logs.flatMap(({ node, lines: own2 }) => own2.map((line) => ({ node, ...line }))).toSorted((a, b) => a.atMs - b.atMs);
  if (lines2.length === 0) return nothing;
  return markup`<details class="logs"><summary>Logs of the nodes: ${shownOf(logs)}${faults.length === 0 || logs.every(({ leftOut: leftOut2 }) => leftOut2 === 0) ? "" : ", those nearest to the faults"}<span role="status"></span></summary>
<ol class="events" tabindex="0">
${lines2.map(({ node, atMs, withinMs, text }) => markup`<li data-at="${(atMs / 1e3).toFixed(3)}"><time>${withinMs < 10 ? clock(atMs) : `~ ${formatAt(atMs)}`}</time> <span>${node}: ${text}</span></li>\n`)}</ol>
</details>
`;
}
function shownOf(logs) {
  const shown = logs.reduce((sum, { lines: lines2 }) => sum + lines2.length, 0);
  const leftOut2 = logs.map((one) => one.leftOut);
  if (leftOut2.includes(null)) return `${formatCount(shown)} of very many lines`;
  const all = leftOut2.reduce((sum, count) => sum + (count ?? 0), shown);
  return all === shown ? plural(shown, "line") : `${formatCount(shown)} of ${plural(all, "line")}`;
}
function lifeline(one, line) {
  return markup`${drawLifeline(one)}<p class="muted legend">Red: due. Stroke: acknowledged or received. Blue: connected, filled where the CONNACK had session present = 1. Shaded: fault in force.</p>
<details><summary>Moment by moment</summary>
<ol class="events">
${one.events.map(({ atMs, text }) => markup`<li><time>${clock(atMs)}</time> <span>${line(text)}</span></li>\n`)}</ol>
</details>
`;
}
function jsonInHtml(value) {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

// src/report/sections/abilities.ts
function abilitiesSection(record) {
  return [
    heading(say`What the broker can do`),
    features(record),
    ...checks(checkTitles.notApplicable, notApplicableOf(record)),
    ...checks(checkTitles.unknown, unknownOf(record)),
    ...leftOut(record)
  ];
}
function features({ broker: { features: features2 } }) {
  if (features2 === null) return paragraph(say`Not measured.`);
  return table(
    [{ head: "feature" }, { head: "available" }, { head: "seen" }],
    featureRows(features2).map(({ title: title2, available, seen }) => [
      own(title2),
      available ? say`yes` : say`no`,
      orNotMeasured(seen)
    ])
  );
}
function checks(head, found) {
  if (found.length === 0) return [];
  const lines2 = found.map(
    ({ invariant, why, scenarios, everywhere }) => everywhere ? say`${code(invariant)}: ${sentence(why)}` : say`${code(invariant)}: ${sentence(why)} (${joined(scenarios.map(code))})`
  );
  return [title(own(head)), list(lines2)];
}
function leftOut(record) {
  const lines2 = leftOutOf(record).map((what) => say`${what}`);
  return lines2.length === 0 ? [] : [title(say`Left out of the workload, because it did not work before any fault`), list(lines2)];
}

// src/report/sections/environment.ts
function environmentSection({ environment, workload, tool, cutLogs = [] }) {
  const { os, kernel, node, cpuModel, cpus, memoryBytes, ci } = environment;
  const memory = `${(memoryBytes / 1024 ** 3).toFixed(1)} GiB`;
  return [
    heading(say`Environment`),
    list([
      ci === null ? say`${os}, kernel ${kernel}` : say`${os}, kernel ${kernel}, ${ci}`,
      say`${own(plural(cpus, "CPU"))} (${cpuModel}), ${own(memory)} of memory`,
      say`Node ${node}, ${tool.name} ${tool.version}`,
      say`Workload ${code(workload.profile)}: ${own(formatCount(workload.ratePerSecond))} messages a second of ${own(formatCount(workload.payloadBytes))} bytes`,
      ...cutLogs.length === 0 ? [] : [say`${cutLogsText(cutLogs)}`]
    ])
  ];
}

// src/report/sections/messages.ts
function messagesPart(accounting) {
  const { published, acknowledged, unknown, notSent, unacknowledgeable, owed, delivered, lost } = accounting;
  if (published === 0 && owed === 0) return [title(say`Messages`), paragraph(say`Not measured.`)];
  const { legal, publishedGap, owedGap } = balance(accounting);
  const duplicates = rulesOf(accounting.legalDuplicates);
  const more = {
    what: "received more than once where that is allowed",
    count: duplicates.reduce((sum, [, count]) => sum + count, 0),
    rules: duplicates
  };
  return [
    title(say`Messages`),
    {
      type: "sums",
      sums: [
        {
          what: "published",
          total: published,
          parts: [
            { what: "acknowledged", count: acknowledged },
            { what: "unknown", note: "written, never acknowledged", count: unknown },
            { what: "not sent", count: notSent },
            { what: "QoS 0", note: "nothing to acknowledge", count: unacknowledgeable }
          ],
          gap: publishedGap
        },
        {
          what: "owed",
          note: "one for each message and subscription",
          total: owed,
          parts: [
            { what: "delivered", count: delivered },
            { what: "legally undelivered", count: legal, rules: rulesOf(accounting.legallyUndelivered) },
            { what: "lost", count: lost, isBad: lost > 0 }
          ],
          gap: owedGap,
          ...duplicates.length === 0 ? {} : { beside: more }
        }
      ]
    }
  ];
}
function rulesOf(counts) {
  return Object.entries(counts).filter(([, count]) => count > 0);
}

// src/report/sections/scenario.ts
var number = (head) => ({ head, kind: "number" });
function scenarioSection(record, scenario2) {
  return [
    heading(say`${scenario2.name}: ${scenario2.title}`),
    ...resultPart(scenario2),
    ...otherRuns(scenario2).map(
      (run) => fold(say`Run ${run.attempt} was ${own(run.verdict)}: ${run.reason}`, resultPart(run))
    ),
    paragraph(say`To repeat this scenario: ${command(repeatCommand(record, scenario2))}`)
  ];
}
function resultPart(scenario2) {
  const about = [
    paragraph(say`${verdictOf(scenario2)}${own(attemptText(scenario2))}: ${sentence(scenario2.reason)}`),
    paragraph(aboutScenario(scenario2), "muted")
  ];
  if (scenario2.verdict === "skipped") return about;
  return [
    ...about,
    paragraph(own(partsText(scenario2))),
    ...faultsPart(scenario2),
    { type: "charts", scenario: scenario2 },
    columns(expectationsPart(scenario2), messagesPart(scenario2.accounting)),
    ...phasesPart(scenario2)
  ];
}
function aboutScenario({ tier, severity, dimension, cluster, parameters }) {
  const given = Object.entries(parameters).map(([key, value]) => code(`${key}=${value}`));
  const about = say`Tier ${own(tier)}, severity ${own(severity)}, ${own(dimension)}; ${own(cluster.fresh ? "fresh" : "shared")} cluster: ${sentence(cluster.why)}`;
  return given.length === 0 ? about : say`${about} Parameters: ${joined(given)}.`;
}
function faultsPart({ faults }) {
  if (faults.length === 0) return [paragraph(say`No fault was injected.`)];
  return [
    title(say`Injected against observed`),
    table(
      ["fault", "injected", "observed", "mechanism", "in force", "proven"].map((head) => ({ head })),
      faults.map(({ kind, target, injected, observed, mechanism, startMs, endMs, healed, proven }) => {
        const inForce = say`${own(formatAt(startMs))} to ${own(formatAt(endMs))}`;
        return [
          say`${code(kind)} on ${code(target)}`,
          orNotMeasured(injected),
          orNotMeasured(observed),
          orNotMeasured(mechanism),
          healed ? inForce : say`${inForce}, ${bad(say`not healed`)}`,
          proven ? say`yes` : bad(say`no`)
        ];
      })
    )
  ];
}
function expectationsPart(scenario2) {
  if (scenario2.expectations.length === 0) return [];
  return [
    title(say`Expectations`),
    table(
      [{ head: "measure" }, number("expected"), number("measured"), { head: "met" }],
      scenario2.expectations.map((one) => {
        const met = metText(scenario2, one);
        return [
          own(expectationNames[one.name]),
          own(expectedText(one)),
          own(measuredText(scenario2, one)),
          met === "no" ? bad(own(met)) : own(met)
        ];
      })
    ),
    ...whyNotApplicable(scenario2).map((why) => paragraph(say`${why}`, "muted"))
  ];
}
function phasesPart(scenario2) {
  const { phases, harness } = scenario2;
  if (phases.length === 0) return [];
  return [
    fold(say`Phases, nodes and the harness`, [
      phaseTable(phases),
      nodeTable(phases),
      paragraph(own(scrapesText(scenario2))),
      paragraph(own(harnessText(harness))),
      paragraph(own(machineText(scenario2)))
    ])
  ];
}
function phaseTable(phases) {
  const heads = ["from", "length", "availability", "p50", "p95", "p99", "p99.9", "max", "delivered", "reconnects"];
  return table(
    [{ head: "phase" }, ...heads.map(number)],
    phases.map(
      ({ name, startMs, endMs, measures }) => [
        name,
        formatAt(startMs),
        formatMs(endMs - startMs),
        formatAvailability(measures?.availability ?? null),
        ...["p50Ms", "p95Ms", "p99Ms", "p999Ms", "maxMs"].map(
          (key) => formatLatency(measures?.latency?.[key] ?? null)
        ),
        measures ? `${formatCount(Math.round(measures.deliveredPerSecond))}/s` : notMeasured,
        measures ? formatCount(measures.reconnects) : notMeasured
      ].map(own)
    )
  );
}
function nodeTable(phases) {
  const measured = phases.flatMap(
    ({ name, measures }) => measures === null || measures.nodes.length === 0 ? [] : [{ phase: name, nodes: measures.nodes }]
  );
  const names = [...new Set(measured.flatMap(({ nodes }) => nodes.map(({ name }) => name)))];
  if (names.length === 0) return paragraph(say`CPU and memory of the nodes: not measured.`);
  const usedBy = (name, nodes) => {
    const node = nodes.find((one) => one.name === name);
    if (!node) return own(notMeasured);
    const growth = node.memoryGrowthBytes === void 0 ? "" : ` (${formatGrowth(node.memoryGrowthBytes)})`;
    return own(`${formatCores(node.cpuCores)}, ${formatMebibytes(node.memoryBytes)}${growth}`);
  };
  return table(
    [
      { head: "node" },
      ...measured.map(({ phase }) => ({ head: `${phase}: mean CPU in cores, largest memory (growth)` }))
    ],
    names.map((name) => [code(name), ...measured.map(({ nodes }) => usedBy(name, nodes))])
  );
}
function scrapesText({ scrapes, faultsSeenByBroker, faults }) {
  const answered = scrapes.attempted === 0 ? "The broker's own metrics were not scraped." : `The broker answered ${formatCount(scrapes.answered)} of ${plural(scrapes.attempted, "scrape")} of its own metrics; they are in the folder metrics beside this report.`;
  const seen = faultsSeenByBroker === null || faults.length === 0 ? "" : ` Its metrics or logs showed ${faultsSeenByBroker} of ${plural(faults.length, "fault")}.`;
  return `${answered}${seen}`;
}

// src/report/sections/report.ts
function reportSections(record, { examples, lifelines, comparison }) {
  const ids = scenarioIds(record);
  return [
    { blocks: cardSection(record) },
    { id: "broke", blocks: brokenSection(record, { examples, lifelines, commands: true }) },
    { blocks: knownSection(record) },
    // On a page the card has them, and each scenario says it again.
    { blocks: [only("text", ...undecidedSection(record))] },
    { blocks: comparison ? comparisonSection(comparison, { scenarios: "all" }) : [] },
    { id: "scenarios", blocks: scenariosSection(record) },
    // On a page the card has them.
    { blocks: [only("text", heading(say`Dimensions`), ...dimensionsPart(record))] },
    ...record.scenarios.map((scenario2) => ({
      id: ids.get(scenario2) ?? "",
      blocks: scenarioSection(record, scenario2),
      facets: {
        verdict: scenario2.verdict,
        violated: scenario2.violations.map(({ invariant }) => invariant),
        dimension: scenario2.dimension
      }
    })),
    { blocks: abilitiesSection(record) },
    { blocks: environmentSection(record) },
    { blocks: repeatSection(record) }
  ];
}
function scenarioIds(record) {
  return new Map(
    record.scenarios.flatMap(
      (scenario2, index) => attempts([scenario2]).map((attempt) => [attempt, `scenario-${index + 1}`])
    )
  );
}

// src/report/html.ts
var script = `/*
uPlot:

${LICENSE_default}*/
${uPlot_iife_min_default}
${charts_default}
${filter_default}`;
function renderHtml(record, comparison) {
  return pageOf({
    title: markup`${record.verdict.toUpperCase()} ${record.sabotage ? `sabotaged: ${record.sabotage.name}` : formatScore(record.score)}: ${record.broker.name}`,
    style: `${uPlot_min_default}
${page_default}`,
    body: printSections(reportSections(record, { examples: 5, lifelines: 5, comparison }), scenarioIds(record)),
    footer: markup`${record.tool.name} ${record.tool.version}. Rendered from report.json, which holds every figure.`,
    script
  });
}
function renderPage(head, sections, footer) {
  return pageOf({
    title: markup`${head}`,
    style: page_default,
    body: markup`<h1>${head}</h1>\n${printSections(sections, /* @__PURE__ */ new Map())}`,
    footer: markup`${footer}`
  });
}
function scriptedPage({ style, ...page }) {
  return pageOf({ ...page, style: `${page_default}
${style}` });
}
function pageOf({ title: title2, style, body, footer, script: script2, connects = false }) {
  const scripts = script2 === void 0 ? "" : ` script-src ${hashOf(script2)};`;
  const own2 = connects ? " connect-src 'self'; frame-src 'self';" : "";
  const policy = `default-src 'none';${scripts}${own2} style-src ${hashOf(style)}; base-uri 'none'; form-action 'none'`;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title2}</title>
<style>${new Markup(style)}</style>
</head>
<body>
${body}
<footer>${footer}</footer>
${script2 === void 0 ? nothing : markup`<script>${new Markup(script2)}</script>\n`}</body>
</html>
`.text;
}
function hashOf(inline) {
  return `'sha256-${createHash("sha256").update(inline).digest("base64")}'`;
}

export {
  uPlot_iife_min_default,
  uPlot_min_default,
  markup,
  wholeCommand,
  lines,
  nothing,
  reportSections,
  renderHtml,
  renderPage,
  scriptedPage
};
