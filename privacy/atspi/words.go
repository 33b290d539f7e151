package atspi

import (
	"slices"
	"strings"
	"unicode"
)

// phrases name secret fields, in the words that labels, names and ids of fields
// are made of: small letters without accents, in whole words. The words of a
// phrase may be written together too.
var phrases = map[Kind][]string{
	// A field for a password that is shown as text is one nevertheless.
	Password: {
		"password", "passwd", "passphrase", "pass phrase", // English
		"passwort", "kennwort", // German
		"mot de passe", // French
		"contrasena",   // Spanish
		"parola d ordine", "senha", "palavra passe", "wachtwoord",
	},
	Card: {
		"card number", "card num", "card no", "card nr", "card pan", "credit card", "debit card", "credit card no",
		"cc number", "cc num", "cc no", "cc nr", "cc csc", "cc cvc", "cc cvv", "cc exp", "cc code", "card code",
		"card expiry", "card expiration", "card exp", "csc", "cvc", "cvv", "cvn", "security code", "card verification", "iban",
		"kartennummer", "karten nr", "kreditkarte", "kreditkartennummer", "kartenprufnummer", "kartenpruefnummer",
		"prufnummer", "pruefnummer", "prufziffer", "pruefziffer", "sicherheitscode", "kartencode",
		"numero de carte", "numero de la carte", "numero carte", "carte bancaire", "carte de credit", "cryptogramme", "code de securite",
		"numero de tarjeta", "numero de la tarjeta", "numero tarjeta", "tarjeta de credito", "tarjeta de debito", "codigo de seguridad",
		"numero di carta", "numero della carta", "numero carta", "carta di credito", "codice di sicurezza",
		"numero do cartao", "numero de cartao", "numero cartao", "cartao de credito", "codigo de seguranca",
		"kaartnummer", "creditcardnummer", "kaart nummer", "beveiligingscode",
	},
	PIN: {
		"pin", "pincode", "pin code", "pin number", "geheimzahl", "nip", // English, German, Spanish
		"tan", "itan", "mtan", "smstan", "sms tan", "pushtan", "push tan", "chiptan", "phototan", "tan nummer", "transaktionsnummer",
		"code secret", "code confidentiel", "codigo secreto", "codice segreto", "geheime code",
	},
	Code: {
		"otp", "totp", "hotp", "one time code", "one time password", "one time passcode", "one time pin", "passcode", "2 fa", "mfa",
		"verification code", "verify code", "confirmation code", "auth code", "authentication code", "authenticator code",
		"login code", "sms code", "two factor code", "recovery code", "backup code",
		"einmalcode", "einmal code", "einmalkennwort", "einmalpasswort", "bestatigungscode", "bestaetigungscode",
		"verifizierungscode", "freigabecode", "anmeldecode", "wiederherstellungscode",
		"code a usage unique", "code de verification", "code de confirmation", "code de validation", "code sms", "code recu",
		"codigo de un solo uso", "codigo de verificacion", "codigo de confirmacion", "codigo sms", "clave dinamica",
		"codice monouso", "codice usa e getta", "codice di verifica", "codice di conferma", "codice sms", "codice otp",
		"codigo de uso unico", "codigo de verificacao", "codigo de confirmacao",
		"eenmalige code", "verificatiecode", "bevestigingscode", "toegangscode", "inlogcode",
	},
}

// phrase is one of the table, taken apart.
type phrase struct {
	kind  Kind
	words []string
	whole string // written as one word
}

// table has the phrases in the order in which they are compared.
var table = func() (all []phrase) {
	for _, kind := range []Kind{Card, PIN, Code, Password} {
		for _, text := range phrases[kind] {
			words := strings.Fields(text)
			all = append(all, phrase{kind, words, strings.Join(words, "")})
		}
	}
	return all
}()

// named tells whether one of the texts says that a field is secret.
func named(texts ...string) (Kind, bool) {
	for _, text := range texts {
		all := words(text)
		for _, p := range table {
			if p.in(all) {
				return p.kind, true
			}
		}
	}
	return 0, false
}

// in says whether a text's words contain those of the phrase, one after another
// or written as one.
func (p phrase) in(all []string) bool {
	if slices.Contains(all, p.whole) {
		return true
	}
	for i := range len(all) - len(p.words) + 1 {
		if slices.Equal(all[i:i+len(p.words)], p.words) {
			return true
		}
	}
	return false
}

// words takes a text apart: "txtCardNumber_2" is txt, card, number, 2.
func words(text string) []string {
	var all []string
	var word []rune
	end := func() {
		if len(word) > 0 {
			all = append(all, plain.Replace(strings.ToLower(string(word))))
			word = word[:0]
		}
	}
	runes := []rune(text)
	for i, r := range runes {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			end()
			continue
		}
		if i > 0 && begins(runes, i) {
			end()
		}
		word = append(word, r)
	}
	end()
	return all
}

// begins says whether a word begins with the letter or digit i: a capital after
// a small letter, the last capital of several before a small letter, a letter
// after a digit or the other way round.
func begins(runes []rune, i int) bool {
	before, r := runes[i-1], runes[i]
	switch {
	case unicode.IsDigit(r) != unicode.IsDigit(before):
		return true
	case !unicode.IsUpper(r):
		return false
	}
	return unicode.IsLower(before) || i+1 < len(runes) && unicode.IsUpper(before) && unicode.IsLower(runes[i+1])
}

// plain takes accents off letters, those of one character and those that follow
// theirs.
var plain = strings.NewReplacer(
	"ä", "a", "á", "a", "à", "a", "â", "a", "ã", "a", "å", "a", "ç", "c",
	"é", "e", "è", "e", "ê", "e", "ë", "e", "í", "i", "ì", "i", "î", "i", "ï", "i", "ñ", "n",
	"ö", "o", "ó", "o", "ò", "o", "ô", "o", "õ", "o", "ü", "u", "ú", "u", "ù", "u", "û", "u", "ß", "ss",
	"\u0300", "", "\u0301", "", "\u0302", "", "\u0303", "", "\u0308", "", "\u0327", "",
)
