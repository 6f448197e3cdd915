using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Emails;

/// <summary>The e-mail addresses of an account: the root user's, and others for notices.</summary>
internal sealed class EmailPart() : Part<EmailState>(EmailJson.Default.EmailState)
{
    private readonly List<PendingEmail> pending = [];
    private List<Email>? emails;

    /// <summary>A new account has the root user's address alone.</summary>
    public IReadOnlyList<Email> All => emails ??= [First(Home.Account.OperatorId)];

    public Email? Find(string id) => All.FirstOrDefault(email => email.Id == id);

    public void Remove(Email email) => emails = [.. All.Where(one => one != email)];

    /// <summary>A token that adds an address, in place of an earlier one for the same.</summary>
    public string Ask(string address, DateTimeOffset expires)
    {
        pending.RemoveAll(one => IsSame(one.Address, address));
        var token = RandomNumberGenerator.GetHexString(48, lowercase: true);
        pending.Add(new PendingEmail(token, address, expires));
        return token;
    }

    public bool Knows(string token) => pending.Exists(one => one.Token == token);

    /// <summary>Uses a token up; false when it has expired, or has been used meanwhile.</summary>
    public bool Confirm(string token, DateTimeOffset now)
    {
        if (pending.Find(one => one.Token == token) is not { } found)
        {
            return false;
        }

        pending.Remove(found);
        if (found.Expires <= now)
        {
            return false;
        }

        emails = [.. All.Where(email => !IsSame(email.Address, found.Address)), new Email(Guid.NewGuid().ToString(), found.Address, IsVerified: true, now)];
        return true;
    }

    public bool Has(string address) => All.Any(email => IsSame(email.Address, address));

    public override void Seed()
    {
        var random = Home.Random("emails");
        var domain = Home.Account.Email.Split('@')[1];
        emails =
        [
            First(random.Uuid()),
            new Email(random.Uuid(), $"billing@{domain}", IsVerified: true, Home.Account.Created.AddDays(random.Next(10, 300))),
            new Email(random.Uuid(), $"alerts@{domain}", IsVerified: random.Chance(50), Home.Account.Created.AddDays(random.Next(300, 600))),
        ];
    }

    protected override EmailState Save() => new([.. All], [.. pending]);

    protected override void Load(EmailState saved)
    {
        emails = saved.Emails;
        pending.AddRange(saved.Pending);
    }

    private static bool IsSame(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private Email First(string id) => new(id, Home.Account.Email, IsVerified: true, Home.Account.Created);
}

internal sealed record Email(string Id, string Address, bool IsVerified, DateTimeOffset Created);

/// <param name="Token">What was mailed.</param>
/// <param name="Address">Where to, and what it adds.</param>
/// <param name="Expires">Until when it is good.</param>
internal sealed record PendingEmail(string Token, string Address, DateTimeOffset Expires)
{
    public override string ToString() => nameof(PendingEmail);
}

internal sealed record EmailState(List<Email> Emails, List<PendingEmail> Pending);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(EmailState))]
internal sealed partial class EmailJson : JsonSerializerContext;
