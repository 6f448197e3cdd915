namespace Soracom.Api;

/// <summary>The language in which the vendor words its error messages (request header <c>X-Soracom-Lang</c>).</summary>
public enum SoracomLanguage
{
    /// <summary><c>en</c></summary>
    English,

    /// <summary><c>ja</c></summary>
    Japanese,
}
