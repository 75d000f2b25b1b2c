extension Page {
    /// The style of the page: dark if the browser is in dark mode, one column on a phone, plain in print.
    static let stylesheet = """
        :root{color-scheme:light dark;--ink:#1f2328;--soft:#59636e;--paper:#ffffff;--card:#f6f8fa;--line:#d1d9e0;\
        --link:#0550ae}
        @media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#9aa4af;--paper:#0d1117;--card:#161b22;\
        --line:#30363d;--link:#79b8ff}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",\
        Roboto,"Noto Sans",sans-serif;overflow-wrap:anywhere}
        header,main{max-width:1120px;margin:0 auto;padding:0 24px}
        header{padding-top:32px}
        h1{font-size:1.9rem;line-height:1.2;margin:0 0 12px}
        h2{font-size:1.3rem;margin:40px 0 12px;padding-top:14px;border-top:1px solid var(--line)}
        p{margin:0 0 12px;max-width:76ch}
        .lead{font-size:1.08rem}
        .note,figcaption,.missing{color:var(--soft);font-size:.9rem}
        nav{display:flex;flex-wrap:wrap;gap:4px 18px;margin:18px 0 0;font-size:.93rem}
        a{color:var(--link)}
        ul{margin:0 0 12px;padding-left:22px}
        dl{margin:0 0 16px}
        dl div{display:grid;grid-template-columns:minmax(130px,210px) 1fr;gap:4px 16px;padding:5px 0;\
        border-bottom:1px solid var(--line)}
        dt{color:var(--soft)}
        dd{margin:0}
        .scroll{overflow-x:auto;margin:0 0 16px}
        table{border-collapse:collapse;font-size:.95rem;min-width:50%}
        th,td{text-align:left;vertical-align:top;padding:6px 20px 6px 0;border-bottom:1px solid var(--line);\
        font-weight:400;overflow-wrap:normal}
        thead th{color:var(--soft);border-bottom-width:2px;font-weight:600}
        .numbers td,.numbers thead th+th{text-align:right;white-space:nowrap;padding-right:0;padding-left:20px;\
        font-variant-numeric:tabular-nums}
        .numbers thead th+th{white-space:normal}.numbers th:first-child{min-width:8em}
        .plots{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,420px),1fr));gap:18px;margin:0 0 16px}
        figure{margin:0;min-width:0}
        .plots figure{border:1px solid var(--line);border-radius:8px;overflow:hidden;max-width:640px}
        .plot{display:block;width:100%;height:auto}
        .pairs{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,254px),1fr));gap:16px;margin:0 0 16px}
        .pair{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:10px}
        .pair div{display:grid;grid-template-columns:1fr 1fr;gap:6px;align-items:center}
        .pair img{width:100%;height:auto;border-radius:4px;display:block}
        .missing{padding:24px 8px;border:1px dashed var(--line);border-radius:4px;text-align:center}
        figcaption{margin-top:8px}
        figcaption span{display:block}
        figcaption span:first-child{color:var(--ink);font-weight:600}
        details{margin:0 0 16px}
        summary{cursor:pointer;margin:0 0 12px;color:var(--link)}
        main{padding-bottom:48px}
        @media (max-width:520px){header,main{padding:0 16px}header{padding-top:20px}h1{font-size:1.5rem}\
        dl div{grid-template-columns:1fr;gap:0}}
        @media print{nav{display:none}figure,tr{break-inside:avoid}}

        """
}
