"use strict";
// Paste from Word, WPS or a web page into [data-pastes]: paragraphs and their numbers become lines, tables
// become pipe tables, everything else of the looks is left behind.
(() => {
  const BLOCKS = new Set(["P", "DIV", "LI", "H1", "H2", "H3", "H4", "H5", "H6", "BLOCKQUOTE", "PRE", "SECTION",
    "ARTICLE", "UL", "OL", "DL", "DT", "DD", "HEADER", "FOOTER", "CENTER", "BODY", "TABLE"]);
  const UNREAD = new Set(["STYLE", "SCRIPT", "HEAD", "TITLE", "META", "LINK", "TEMPLATE", "NOSCRIPT"]);
  const WIDE = "[\\u2e80-\\u9fff\\uf900-\\ufaff\\uff00-\\uffef\\u3000-\\u303f]";
  const BETWEEN_WIDE = new RegExp(`(${WIDE})[ \\t]*[\\r\\n]+[ \\t\\r\\n]*(?=${WIDE})`, "g");

  const LEVEL = /^([一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.．]|（\d+）) /;

  function tidy(text) {
    return text.replace(BETWEEN_WIDE, "$1").replace(/[\s\u00a0\u3000]+/g, " ").trim().replace(LEVEL, "$1");
  }

  function cellText(cell) {
    return lines(cell).join(" ").replace(/\|/g, "｜");
  }

  function table(element) {
    const rows = [...element.rows].map((row) =>
      [...row.cells].flatMap((cell) => [cellText(cell), ...Array(Math.max(cell.colSpan - 1, 0)).fill("")]));
    return pipes(rows);
  }

  function pipes(rows) {
    const width = Math.max(0, ...rows.map((row) => row.length));
    if (!width) return [];
    const line = (cells) => `| ${[...cells, ...Array(width - cells.length).fill("")].join(" | ")} |`;
    return [line(rows[0]), line(Array(width).fill("---")), ...rows.slice(1).map(line)];
  }

  function lines(root) {
    const found = [];
    let text = "";
    const end = () => {
      const whole = tidy(text);
      if (whole) found.push(whole);
      text = "";
    };
    const read = (node) => {
      if (node.nodeType === Node.TEXT_NODE) {
        text += node.data;
      } else if (node.nodeType === Node.ELEMENT_NODE && !UNREAD.has(node.tagName)) {
        if (node.tagName === "TABLE" && node !== root) {
          end();
          found.push(...table(node));
        } else if (node.tagName === "BR") {
          end();
        } else {
          const block = BLOCKS.has(node.tagName);
          if (block) end();
          if (node.tagName === "LI" && node.parentElement?.tagName === "OL") text += `${place(node)}.`;
          node.childNodes.forEach(read);
          if (block) end();
        }
      }
    };
    root.childNodes.forEach(read);
    end();
    return found;
  }

  function place(item) {
    const list = item.parentElement;
    return (list.start || 1) + [...list.children].filter((one) => one.tagName === "LI").indexOf(item);
  }

  function fromHtml(html) {
    return lines(new DOMParser().parseFromString(html, "text/html").body).join("\n");
  }

  // Plain text with tabs, as a spreadsheet gives it: runs of lines with as many tabs each are a table.
  function fromPlain(plain) {
    const out = [];
    let rows = [];
    const end = () => {
      out.push(...(rows.length > 1 ? pipes(rows) : rows.map((row) => row.join(" "))));
      rows = [];
    };
    for (const line of plain.replace(/\r\n?/g, "\n").split("\n")) {
      const cells = line.split("\t").map((cell) => cell.trim());
      if (rows.length && rows[0].length !== cells.length) end();
      if (cells.length > 1) rows.push(cells);
      else out.push(line);
    }
    end();
    return out.join("\n");
  }

  function insert(area, text) {
    area.focus();
    // execCommand keeps the browser's undo; where it is gone, the text is put in directly.
    if (!document.execCommand("insertText", false, text)) {
      area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  document.addEventListener("paste", (event) => {
    const area = event.target.closest?.("[data-pastes]");
    if (!area || !event.clipboardData) return;
    const html = event.clipboardData.getData("text/html");
    const plain = event.clipboardData.getData("text/plain");
    const text = html ? fromHtml(html) : plain.includes("\t") ? fromPlain(plain) : "";
    if (!text) return;
    event.preventDefault();
    insert(area, text);
  });
})();
