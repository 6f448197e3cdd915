namespace Soracom.Portal.Benchmarks;

/// <summary>Something that is measured, and its figures when it was.</summary>
/// <param name="Name">How the command line names it.</param>
/// <param name="Title">How the table names it.</param>
/// <param name="RunAsync">Measures.</param>
internal sealed record Measurement(string Name, string Title, Func<CancellationToken, Task<IReadOnlyList<Figure>>> RunAsync);

/// <summary>A measured figure against its goal.</summary>
internal sealed record Figure(string Name, string Result, string Goal, bool Met);
