using Microsoft.AspNetCore.WebUtilities;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;

namespace Soracom.Sandbox.Faults;

/// <summary>What a fault makes of an answer.</summary>
internal static class FaultyAnswer
{
    /// <summary>Whether the call is carried out although the fault strikes it.</summary>
    public static bool LetsTheCallThrough(SandboxFault fault) =>
        fault.Afterwards || fault.Kind is SandboxFaultKind.Slow or SandboxFaultKind.Truncate;

    /// <param name="fault">The fault.</param>
    /// <param name="answer">The answer of the call that was carried out, or null.</param>
    /// <param name="language">The caller's.</param>
    public static Answer Of(SandboxFault fault, Answer? answer, Language language) => fault.Kind switch
    {
        SandboxFaultKind.Status => Refusal(fault.Status ?? StatusCodes.Status503ServiceUnavailable, language),
        SandboxFaultKind.Html => ProxyPage(fault.Status ?? StatusCodes.Status502BadGateway),
        SandboxFaultKind.Truncate when answer is not null => answer with { Delivery = Delivery.Truncated },
        SandboxFaultKind.Cut when answer is not null => answer with { Delivery = Delivery.CutHalfway },
        SandboxFaultKind.Slow when answer is not null => answer,
        _ => Answer.NoContent with { Delivery = Delivery.Nothing },
    };

    private static Answer Refusal(int status, Language language)
    {
        var error = status switch
        {
            StatusCodes.Status429TooManyRequests => VendorErrors.TooManyCalls,
            >= 500 => VendorErrors.Internal,
            _ => VendorErrors.Injected,
        };
        return Answer.Error(new VendorException(error) { Status = status }, language);
    }

    private static Answer ProxyPage(int status)
    {
        var title = $"{status} {ReasonPhrases.GetReasonPhrase(status)}";
        return new Answer(status) { Html = $"<html><head><title>{title}</title></head><body><center><h1>{title}</h1></center></body></html>\r\n" };
    }
}
