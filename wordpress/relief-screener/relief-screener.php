<?php
/**
 * Plugin Name:       relief-screener
 * Description:       A private screening form for immigrant families, as a shortcode and as a block. Your own server shows it, and nobody hears what is answered.
 * Version:           0.0.0
 * Requires at least: 6.1
 * Requires PHP:      7.4
 * License:           MIT OR Apache-2.0
 * License URI:       https://opensource.org/license/mit
 * Text Domain:       relief-screener
 *
 * Puts <relief-screener> on a page: the shortcode and the block print the same few tags, and nothing else happens. All files come from
 * this folder. It has no settings page, keeps nothing in the database, sets no cookie, and asks no other server for anything, so there
 * is nothing to clean up when it is deleted.
 *
 * What a visitor's browser would take from somewhere else (`src`, `rules` and what belongs to it) is not among its settings: that needs
 * somebody who may write HTML.
 */

namespace ReliefScreener;

defined( 'ABSPATH' ) || exit;

/** The folder with the form. When the plugin is put together this becomes a name made of what is inside. Old and new files so never mix,
 * however long a browser or a cache between keeps them. */
const FORM = 'form';

/** The plain frame is of this very website: without a seal every script of the page could read in it. It may lead the whole tab away, for
 * "Leave now". */
const SANDBOX = 'allow-scripts allow-modals allow-popups allow-popups-to-escape-sandbox allow-downloads allow-top-navigation-by-user-activation';

add_action( 'init', __NAMESPACE__ . '\register' );

/** block.json is the one list of the settings, with what each may be. The block and the shortcode both take it from there. */
function register() {
	$known = wp_json_file_decode( __DIR__ . '/block.json', array( 'associative' => true ) )['attributes'];
	register_block_type(
		__DIR__,
		array(
			'render_callback' => function ( $given ) use ( $known ) {
				// WordPress has left out what is not as block.json says.
				return sprintf( '<div %s>%s</div>', get_block_wrapper_attributes(), form( array_intersect_key( $given, $known ) ) );
			},
		)
	);
	add_shortcode(
		'relief-screener',
		function ( $given ) use ( $known ) {
			return shortcode( is_array( $given ) ? $given : array(), $known );
		}
	);
}

/** Somebody who may change the page is told what was not understood: an address for "Leave now" that is not used must not go unseen. */
function shortcode( $given, $known ) {
	$settings = array();
	$wrong    = array();
	foreach ( $given as $name => $value ) {
		$is_known = isset( $known[ $name ] ) && ! is_wp_error( rest_validate_value_from_schema( $value, $known[ $name ], $name ) );
		if ( $is_known && '' !== printed( $name, $value ) ) {
			$settings[ $name ] = $value;
		} else {
			$wrong[] = is_int( $name ) ? $value : $name . '="' . $value . '"';
		}
	}
	$note = '';
	if ( $wrong && current_user_can( 'edit_post', get_the_ID() ) ) {
		/* translators: 1: what was written, 2: the names of all settings */
		$text = __( 'Only you see this line. [relief-screener] does not know: %1$s. It knows: %2$s. Quotes have to be straight.', 'relief-screener' );
		$note = '<strong>' . esc_html( sprintf( $text, implode( ' ', $wrong ), implode( ', ', array_keys( $known ) ) ) ) . '</strong>';
	}
	return $note . form( $settings );
}

/**
 * The form. Only what may stand inside a paragraph is used, because a shortcode may stand amid one, and WordPress puts paragraphs around
 * whatever it meets: a <p> in there would end the element, and its text would stay below the running form.
 *
 * The script is the module, and it stands beside the element. Tools that combine, minify or defer scripts collect the classic ones and
 * pass modules over, whose type they do not know. The classic script would be moved by them into a file elsewhere, and no longer find the
 * form that lies beside it; it also brings everything at once, 1.4 MB. A tool that takes the type away leaves the page with the line of
 * help. For such a site there is `scripts="none"`. The tag is printed with every form: a browser runs a module once, and whoever asks for
 * the content before the page does (a summary for search engines) would get the only one. WordPress makes it, so that what adds a nonce
 * for a policy can do so.
 */
function form( $settings ) {
	$settings = array_filter( array_map( 'trim', array_map( 'strval', $settings ) ), 'strlen' );
	$fallback = fallback( $settings );
	if ( is_feed() ) {
		return '<a href="' . esc_url( get_permalink() ) . '">' . esc_html( get_the_title() ) . '</a> ' . $fallback;
	}
	$shown  = array_diff_key( $settings, array_flip( array( 'hours', 'scripts' ) ) ); // What the form itself knows.
	$folder = plugins_url( FORM . '/', __FILE__ );
	// The programs in the news have no page with everything inside.
	if ( 'none' === ( $settings['scripts'] ?? '' ) && ! isset( $shown['view'] ) ) {
		$height = $shown['height'] ?? '700px';
		$height = 'full' === $height ? '100vh' : ( ctype_digit( $height ) ? $height . 'px' : $height );
		return sprintf(
			'<iframe src="%s" sandbox="%s" title="%s" style="%s" referrerpolicy="no-referrer">%s</iframe>',
			esc_url( $folder . 'dist/frame.html?' . http_build_query( $shown, '', '&', PHP_QUERY_RFC3986 ) ),
			SANDBOX,
			esc_attr( words( $settings )['title'] ),
			esc_attr( safecss_filter_attr( 'width:100%;border:0;height:' . $height ) ),
			$fallback
		);
	}
	$tag = '<relief-screener';
	foreach ( $shown as $name => $value ) {
		$tag .= ' ' . $name . '="' . printed( $name, $value ) . '"';
	}
	$script = wp_get_script_tag(
		array(
			'type'         => 'module',
			'data-cfasync' => 'false', // Cloudflare's Rocket Loader; it has to stand before the address.
			'src'          => $folder . 'define.js',
		)
	);
	return $tag . '><span slot="fallback" lang="' . words( $settings )['lang'] . '">' . $fallback . '</span></relief-screener>' . trim( $script );
}

/** What the plugin itself says to visitors, in the language of the form if that is named, else in that of the site. */
function words( $settings ) {
	$texts  = array(
		'en' => array(
			'lang'  => 'en',
			'title' => 'Questions',
			'ask'   => 'The questions do not appear here? Get help from a person:',
			'near'  => 'Find nonprofit legal help near you',
		),
		'es' => array(
			'lang'  => 'es',
			'title' => 'Preguntas',
			'ask'   => '¿Las preguntas no aparecen aquí? Pida ayuda a una persona:',
			'near'  => 'Busque ayuda legal sin fines de lucro cerca de usted',
		),
	);
	$wanted = substr( $settings['lang'] ?? get_bloginfo( 'language' ), 0, 2 );
	return $texts[ $wanted ] ?? $texts['en'];
}

/** What stands there while the form loads and where it cannot run: who helps. */
function fallback( $settings ) {
	$words = words( $settings );
	$phone = $settings['help-phone'] ?? '';
	$help  = array_filter(
		array(
			esc_html( $settings['help-name'] ?? '' ),
			$phone ? '<a href="' . esc_url( 'tel:' . preg_replace( '/[^+\d]/', '', $phone ), array( 'tel' ) ) . '">' . esc_html( $phone ) . '</a>' : '',
			esc_html( $settings['hours'] ?? '' ),
			link_to( $settings['help-url'] ?? '' ),
		)
	);
	return esc_html( $words['ask'] ) . ' ' . ( implode( ', ', $help ) ?: link_to( 'https://www.immigrationlawhelp.org/', $words['near'] ) );
}

/** A setting as it stands in the tag: of an address that is none, nothing. */
function printed( $name, $value ) {
	return '-url' === substr( $name, -4 ) ? esc_url( $value, array( 'https', 'http' ) ) : esc_attr( $value );
}

/** A link that tells nobody where it was pressed. */
function link_to( $address, $text = '' ) {
	$url = printed( 'help-url', $address );
	return $url ? '<a href="' . $url . '" rel="noreferrer">' . esc_html( $text ?: preg_replace( '#^https?://|/$#', '', $address ) ) . '</a>' : '';
}
