using Microsoft.Extensions.Options;

namespace Soracom.Api;

internal sealed class SoracomApiOptionsValidator : IValidateOptions<SoracomApiOptions>
{
    public ValidateOptionsResult Validate(string? name, SoracomApiOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        CheckEndpoint(result, nameof(options.JapanEndpoint), options.JapanEndpoint);
        CheckEndpoint(result, nameof(options.GlobalEndpoint), options.GlobalEndpoint);

        CheckPositive(result, nameof(options.ConnectTimeout), options.ConnectTimeout);
        CheckPositive(result, nameof(options.AttemptTimeout), options.AttemptTimeout);
        CheckPositive(result, nameof(options.RetryDelay), options.RetryDelay);
        CheckPositive(result, nameof(options.MaxRetryDelay), options.MaxRetryDelay);
        CheckPositive(result, nameof(options.RefusedSignInPause), options.RefusedSignInPause);
        CheckPositive(result, nameof(options.FailedSignInPause), options.FailedSignInPause);

        Check(result, nameof(options.InteractiveTimeout), options.InteractiveTimeout >= options.AttemptTimeout, "is shorter than AttemptTimeout");
        Check(result, nameof(options.BackgroundTimeout), options.BackgroundTimeout >= options.AttemptTimeout, "is shorter than AttemptTimeout");
        Check(result, nameof(options.BackgroundTimeout), options.BackgroundTimeout <= TimeSpan.FromDays(1), "is longer than a day");
        Check(result, nameof(options.InteractiveTimeout), options.InteractiveTimeout <= TimeSpan.FromDays(1), "is longer than a day");
        Check(result, nameof(options.MaxRetries), options.MaxRetries is >= 0 and <= 10, "is not between 0 and 10");
        Check(result, nameof(options.MaxRetryDelay), options.MaxRetryDelay >= options.RetryDelay, "is shorter than RetryDelay");
        Check(result, nameof(options.InteractiveRateWait), options.InteractiveRateWait >= TimeSpan.Zero, "is negative");
        Check(result, nameof(options.InteractiveReserve), options.InteractiveReserve is >= 0 and <= 0.9, "is not between 0 and 0.9");
        Check(
            result,
            nameof(options.TokenLife),
            options.TokenLife >= SoracomApiOptions.ShortestTokenLife && options.TokenLife <= SoracomApiOptions.LongestTokenLife,
            "is not between 3 minutes and 48 hours");
        Check(
            result,
            nameof(options.TokenRenewalMargin),
            options.TokenRenewalMargin > TimeSpan.Zero && options.TokenRenewalMargin <= options.TokenLife / 2,
            "is not between zero and half of TokenLife");
        return result.Build();
    }

    private static void CheckEndpoint(ValidateOptionsResultBuilder result, string member, Uri? endpoint)
    {
        if (endpoint is null || !endpoint.IsAbsoluteUri)
        {
            Refuse(result, member, "is not an absolute address");
            return;
        }

        var encrypted = endpoint.Scheme is "https";
        var local = endpoint.Scheme is "http" && endpoint.IsLoopback;
        Check(result, member, encrypted || local, "is neither https nor http on a loopback address");
        Check(result, member, endpoint.UserInfo.Length == 0, "holds a user name or password");
        Check(result, member, endpoint.Query.Length == 0 && endpoint.Fragment.Length == 0, "holds a query or a fragment");
    }

    private static void CheckPositive(ValidateOptionsResultBuilder result, string member, TimeSpan value) =>
        Check(result, member, value > TimeSpan.Zero && value <= TimeSpan.FromDays(1), "is not between zero and a day");

    private static void Check(ValidateOptionsResultBuilder result, string member, bool holds, string complaint)
    {
        if (!holds)
        {
            Refuse(result, member, complaint);
        }
    }

    // Says what is wrong and not what was found: an endpoint may hold a password by mistake.
    private static void Refuse(ValidateOptionsResultBuilder result, string member, string complaint) =>
        result.AddError($"{nameof(SoracomApiOptions)}.{member} {complaint}.");
}
