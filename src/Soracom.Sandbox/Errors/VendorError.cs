using System.Globalization;
using Soracom.Sandbox.Http;

namespace Soracom.Sandbox.Errors;

/// <summary>One kind of refusal. Placeholders {0}, {1}, ... of the messages are filled by <see cref="VendorException"/>.</summary>
internal sealed record VendorError(int Status, string Code, string English, string Japanese);

/// <summary>Ends a call with the vendor's error body <c>{"code","message"}</c>. Thrown before anything is changed.</summary>
internal sealed class VendorException(VendorError error, params string[] arguments) : Exception(error.Code)
{
    public VendorError Error => error;

    /// <summary>Differs from the error's own where the definition or the options say so for a case.</summary>
    public int Status { get; init; } = error.Status;

    public string MessageIn(Language language) =>
        string.Format(CultureInfo.InvariantCulture, language == Language.Japanese ? error.Japanese : error.English, arguments);
}
