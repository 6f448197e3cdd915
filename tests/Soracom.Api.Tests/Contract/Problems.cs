namespace Soracom.Api.Tests.Contract;

/// <summary>An assertion that shows all that is wrong, not the beginning of it.</summary>
internal static class Problems
{
    public static void None(IEnumerable<string> problems)
    {
        var all = string.Join('\n', problems);
        Assert.True(all.Length == 0, all);
    }
}
