using Microsoft.Extensions.Localization;
using Soracom.Portal.Resources;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Layout;
using Soracom.Portal.Shared.Text;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Shared.Errors;

/// <summary>The one place that turns errors into words: what happened, and what to do.</summary>
/// <param name="Kind">What sort of news it is.</param>
/// <param name="Title">What happened, in a few words.</param>
/// <param name="What">What happened.</param>
/// <param name="Next">What to do.</param>
public sealed record ErrorWords(NoticeKind Kind, string Title, string What, string Next)
{
    /// <summary>The vendor's code, words and request id, for its support; null when there are none.</summary>
    public string? VendorDetail { get; init; }

    /// <summary>The words for an error.</summary>
    /// <param name="words">The texts.</param>
    /// <param name="error">The error.</param>
    /// <param name="mayManageCredentials">Whether they are for somebody who may do something about a credential; others are told whom to ask.</param>
    /// <returns>The words.</returns>
    public static ErrorWords Of(IStringLocalizer<Strings> words, PortalError error, bool mayManageCredentials)
    {
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(error);
        return error is VendorError vendor ? Of(words, vendor, mayManageCredentials)
            : error is ObstacleError obstacle ? new ErrorWords(NoticeKind.Info, words["Error.Obstacle.Title"], obstacle.Why.InWords(words), words["Error.Obstacle.Next"])
            : new ErrorWords(
                error is InputError or FreshSignInError ? NoticeKind.Info : NoticeKind.Failed,
                words[$"Error.{error.Key}.Title"],
                words[$"Error.{error.Key}.What", [.. error.Arguments]],
                words[$"Error.{error.Key}.Next"]);
    }

    private static ErrorWords Of(IStringLocalizer<Strings> words, VendorError error, bool mayManageCredentials)
    {
        var key = $"Vendor.{error.Kind}";
        var coverage = Coverages.Name(words, error.Coverage);
        if (error.OutcomeUnknown)
        {
            return new ErrorWords(NoticeKind.Failed, words["Vendor.OutcomeUnknown.Title"], words["Vendor.OutcomeUnknown.What", coverage], words["Vendor.OutcomeUnknown.Next"])
            {
                VendorDetail = DetailOf(words, error),
            };
        }

        var next = error switch
        {
            { Kind: VendorErrorKind.RateLimited, RetryAfter: { } wait } => words["Vendor.RateLimited.NextIn", (int)Math.Ceiling(wait.TotalSeconds)],
            { IsAboutTheCredential: true } when !mayManageCredentials => words["Vendor.AskOwner"],
            _ => words[$"{key}.Next"],
        };
        return new ErrorWords(
            error.Kind switch
            {
                VendorErrorKind.NoCredential => NoticeKind.Info,
                VendorErrorKind.NotFound => NoticeKind.Empty,
                VendorErrorKind.Denied => NoticeKind.Denied,
                VendorErrorKind.RateLimited => NoticeKind.Waiting,
                _ => NoticeKind.Failed,
            },
            words[$"{key}.Title"],
            words[$"{key}.What", coverage],
            next)
        {
            VendorDetail = DetailOf(words, error),
        };
    }

    private static string? DetailOf(IStringLocalizer<Strings> words, VendorError error) =>
        Join(error.Code, error.VendorMessage, error.RequestId is null ? null : words["Vendor.Request", error.RequestId].Value);

    private static string? Join(params string?[] parts) =>
        parts.Any(part => !string.IsNullOrEmpty(part)) ? string.Join(" · ", parts.Where(part => !string.IsNullOrEmpty(part))) : null;
}
