// Labels in English for those who ask for them; documents and answers stay in their own words.

const KEY = "policybot.language.1";
const ENGLISH = {
  有用: "Helpful", 没用: "Not helpful", 答非所问: "Off the question", 不完整: "Incomplete", 与实际不符: "Wrong", 看不懂: "Hard to follow", 其他: "Other",
  哪里没答好: "What is wrong", "已记下，谢谢。": "Noted, thank you.", "没能记下，请稍后再试。": "It could not be noted; please try later.", 分享链接: "Copy a link",
  隐私: "Privacy", 删掉我的记录: "Delete my data", "没能删掉，请稍后再试。": "It could not be deleted; please try later.",
  版本: "Versions", 现行版本: "Present version", 以前的版本: "Earlier version", 对比: "Compare", 改动: "Changes", 和现行版本对比: "Compare with the present one",
  看当时的原文: "See the words of that version", "只有现行版本，没有留存以前的版本。": "Only the present version is kept.",
  "这是以前的版本，内容仅供查考，办事请以现行版本为准。": "This is an earlier version, for reference only; the present one applies.",
  政策规划问答: "Policy Q&A", 跳到正文: "Skip to the text", 跳到提问框: "Skip to the question", 文件: "Documents", 指标: "Indicators",
  目录: "Contents", 在本文件里找: "Search this document", 查找: "Search", 处数: "Places:", 上一条: "Previous", 下一条: "Next",
  复制原文和出处: "Copy with citation", 复制链接: "Copy link", 复制引用: "Copy citation", 复制回答: "Copy answer", 已收录的文件: "Documents held", 没有找到: "Not found",
  看看已收录的文件: "See the documents held", 回到提问: "Back to asking", 指标一览: "Indicator values", 指标名或原文里的词: "Words of the name or the text",
  地区: "Region", 类别: "Category", 性质: "Role", 属性: "Attribute", 全部: "All", 筛选: "Filter", 指标值: "Values:", 值: "Value", 时期: "Period", 出处: "Sources",
  "时期·性质": "Period · role", 原文: "Words", 相关指标: "Values", 还可以问: "You may also ask", 可以这样问: "For example", 提问: "Ask", 停止: "Stop", 清空对话: "Clear",
  全部地区: "All regions", 重试: "Try again", 在原文中查看: "Read it in place", 已复制: "Copied", 未提及: "not stated", 图: "Chart",
  "想了解哪项政策？": "Which policy do you want to know about?",
  "，内容仅供查考，办事请以现行规定为准。": " For reference only; rules now in force apply.",
  "这个链接指向文件的旧版本；下面是现行版本，文字可能已有改动。": "This link points to an older version; below is the present one, whose words may differ.",
  "看原件第{}页": "See page {} of the source", 上一页: "Previous page", 下一页: "Next page", 回到这一条: "Back to the clause", 这一页的文字: "The words of this page", "点一下图可以放大。": "Tap the picture to enlarge it.",
  "引用的话在图上没能标出来，下面的文字里标着。": "The quoted words could not be marked in the picture; they are marked in the text below.", "这一页没有可读的文字。": "No readable words on this page.",
  "没有符合这些条件的指标值，请放宽条件再试。": "No value passes these filters; try fewer.",
};

function chosen() {
  try {
    return localStorage.getItem(KEY) === "en";
  } catch {
    return false; // forbidden storage: Chinese
  }
}

const english = chosen();

/** A label in the language chosen; one without an English form stays as it is. */
export function t(label) {
  return (english && ENGLISH[label]) || label;
}

function choose() {
  try {
    localStorage.setItem(KEY, english ? "zh" : "en");
  } catch {
    return;
  }
  location.reload();
}

/** Put the page's own labels into the language chosen and set up the switch. */
export function install() {
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = t(node.textContent);
  for (const node of document.querySelectorAll("[placeholder]")) node.placeholder = t(node.placeholder);
  const button = document.getElementById("language");
  button.textContent = english ? "中" : "EN";
  button.lang = english ? "zh-CN" : "en";
  button.setAttribute("aria-label", english ? "中文" : "English");
  button.hidden = false;
  button.addEventListener("click", choose);
}
