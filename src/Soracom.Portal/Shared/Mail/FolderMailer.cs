using System.Text.Json;

namespace Soracom.Portal.Shared.Mail;

/// <summary>In Development: writes mail into a folder, and reads it again for a page. It goes nowhere.</summary>
/// <param name="folder">The folder.</param>
/// <param name="clock">The clock.</param>
internal sealed class FolderMailer(string folder, TimeProvider clock) : IMailer
{
    private const int MostListed = 50;

    /// <inheritdoc />
    public bool IsOn => true;

    /// <inheritdoc />
    public async Task SendAsync(Guid id, Letter letter, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, $"{id:N}.json");
        await File.WriteAllTextAsync($"{file}.new", JsonSerializer.Serialize(new KeptLetter(clock.GetUtcNow(), letter)), cancellationToken);
        File.Move($"{file}.new", file, overwrite: true);
    }

    /// <summary>The latest letters, the newest first.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The letters.</returns>
    public async Task<IReadOnlyList<KeptLetter>> ListAsync(CancellationToken cancellationToken)
    {
        var kept = new List<KeptLetter>();
        foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json") : [])
        {
            if (JsonSerializer.Deserialize<KeptLetter>(await File.ReadAllTextAsync(file, cancellationToken)) is { } letter)
            {
                kept.Add(letter);
            }
        }

        return [.. kept.OrderByDescending(letter => letter.At).Take(MostListed)];
    }
}

/// <summary>A letter in the folder.</summary>
/// <param name="At">Since when it is there.</param>
/// <param name="Letter">The letter.</param>
internal sealed record KeptLetter(DateTimeOffset At, Letter Letter);
