using System.Net;
using System.Text;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Shared.Mail;

/// <summary>Puts a letter together: paragraphs, one link, and what stands below it, as text and as a simple page.</summary>
internal static class LetterWriter
{
    /// <summary>Writes a letter.</summary>
    /// <param name="recipient">The address.</param>
    /// <param name="subject">The subject.</param>
    /// <param name="language">The language that it is written in.</param>
    /// <param name="before">The paragraphs before the link.</param>
    /// <param name="link">The link.</param>
    /// <param name="linkText">What the link is called.</param>
    /// <param name="after">The paragraphs below it.</param>
    /// <returns>The letter.</returns>
    public static Letter Write(string recipient, string subject, string language, IReadOnlyList<string> before, Uri link, string linkText, IReadOnlyList<string> after)
    {
        var text = string.Join("\r\n\r\n", [.. before, link.AbsoluteUri, .. after]);
        var html = new StringBuilder()
            .Append("<!DOCTYPE html><html lang=\"").Append(WebUtility.HtmlEncode(language)).Append("\"><head><meta charset=\"utf-8\"><title>").Append(WebUtility.HtmlEncode(subject)).Append("</title></head>")
            .Append("<body style=\"font-family:sans-serif;font-size:16px;line-height:1.6;color:#1c2430;background:#ffffff;max-width:36em;margin:1.5em auto;padding:0 1em\">");
        foreach (var paragraph in before)
        {
            html.Append("<p>").Append(WebUtility.HtmlEncode(paragraph)).Append("</p>");
        }

        var address = WebUtility.HtmlEncode(link.AbsoluteUri);
        html.Append("<p><a href=\"").Append(address).Append("\" style=\"color:#0b5cab;font-weight:bold\">").Append(WebUtility.HtmlEncode(linkText)).Append("</a></p>")
            .Append("<p style=\"font-size:13px;color:#55606e;word-break:break-all\">").Append(address).Append("</p>");
        foreach (var paragraph in after)
        {
            html.Append("<p style=\"color:#55606e\">").Append(WebUtility.HtmlEncode(paragraph)).Append("</p>");
        }

        return new Letter(recipient, Names.Plain(subject), text, html.Append("</body></html>").ToString());
    }
}
