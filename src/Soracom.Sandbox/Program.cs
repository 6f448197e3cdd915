namespace Soracom.Sandbox;

/// <summary>Named in full, as the sandbox is also a library of programs that have a Program of their own.</summary>
internal static class Program
{
    public static Task<int> Main(string[] arguments) => StandaloneSandbox.RunAsync(arguments, Console.Out, Console.Error);
}
