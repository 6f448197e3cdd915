namespace Soracom.Portal.Tests.Infra.Bicep;

/// <summary>What a token of Bicep is.</summary>
internal enum BicepKind
{
    Word,
    Number,
    Text,
    Sign,
}

/// <summary>A word, number, text or sign of a Bicep file.</summary>
/// <param name="Kind">Which of them.</param>
/// <param name="Value">As it is written; of a text what stands between its quotes, with <c>${}</c> for each expression in it.</param>
/// <param name="Line">The line, from 1 on.</param>
/// <param name="FirstOfLine">Whether nothing stands before it on its line.</param>
/// <param name="Parts">The expressions in a text.</param>
internal sealed record BicepToken(BicepKind Kind, string Value, int Line, bool FirstOfLine, IReadOnlyList<IReadOnlyList<BicepToken>> Parts)
{
    public bool Is(string sign) => Kind == BicepKind.Sign && Value == sign;
}
